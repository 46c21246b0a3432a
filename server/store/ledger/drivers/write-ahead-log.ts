import { type FileHandle, open } from 'node:fs/promises';

/** The file to which SQLite writes a change before it is in the database. */
export interface WriteAheadLog {
  /** Resolves when all that was committed before is on the disk. Errors: those of the file system. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The log of a database that is open in WAL mode: the file is there from the first change on, and stays while it is open.
 * The disk is asked for one thing at a time: who comes meanwhile waits for the next, together with all others.
 */
export function writeAheadLog(database: string): WriteAheadLog {
  let opened: FileHandle | undefined;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  async function flushNow(): Promise<void> {
    opened ??= await open(`${database}-wal`, 'r+');
    await opened.datasync();
  }

  function run(): Promise<void> {
    next = undefined;
    running = flushNow().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    flush() {
      if (running === undefined) return run();
      next ??= running.then(run, run);
      return next;
    },
    async close() {
      await (next ?? running)?.catch(() => {});
      await opened?.close();
      opened = undefined;
    },
  };
}

/** For what need not survive a power cut. */
export const NOT_FLUSHED: WriteAheadLog = { flush: async () => {}, close: async () => {} };
