import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { TiltmeterError } from '../contract/errors.ts';

export interface DataFolder {
  readonly path: string;
  release(): void;
}

/**
 * Makes the folder if need be and takes it for this process alone. The lock is the operating system's (SQLite's
 * exclusive lock on an empty database), so it ends with the process, however that ends.
 * Errors: data_folder_not_writable, data_folder_locked, disk_full.
 */
export function openDataFolder(path: string): DataFolder {
  const holder = join(path, 'lock.pid');
  let lock: DatabaseSync | undefined;
  try {
    makeFolder(resolve(path));
    lock = new DatabaseSync(join(path, 'lock.db'), { timeout: 0 });
    lock.exec('begin exclusive');
    writeFileSync(holder, `${process.pid}\n`);
  } catch (error) {
    lock?.close();
    throw folderError(error, path, holder);
  }
  const held = lock;
  return { path, release: () => held.close() };
}

/** Node's own `recursive` never returns where a folder cannot be made for a parent that exists, as in /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  }
}

/**
 * Who else than this user comes at what lies in a folder, and what closes it; undefined where nobody does. Whoever owns a folder may open it, and put
 * other files in the place of those in it, whoever wrote them.
 * Example: `openToOthers('/srv/t')` → `{ who: 'others may look into', close: 'chmod -R go= /srv/t' }` with mode 0755
 */
export function openToOthers(
  path: string,
  user = process.getuid?.(),
): { readonly who: string; readonly close: string } | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (user !== undefined && found.uid !== user)
    return { who: `another user (${found.uid}) owns`, close: `chown -R ${user} ${path}` };
  return (found.mode & 0o077) === 0
    ? undefined
    : { who: 'others may look into', close: `chmod -R go= ${path}` };
}

function folderError(error: unknown, path: string, holder: string): TiltmeterError {
  const { code, errcode, message } = error as { code?: string; errcode?: number; message?: string };
  const sqlite = errcode === undefined ? undefined : errcode & 0xff;
  if (sqlite === 5) {
    const pid = readPid(holder);
    const who = pid ? `another Tiltmeter (process ${pid})` : 'another Tiltmeter';
    return new TiltmeterError('data_folder_locked', `${path} is in use by ${who}`, { cause: error });
  }
  if (code === 'ENOSPC' || sqlite === 13) return new TiltmeterError('disk_full', undefined, { cause: error });
  const why = message?.split('\n')[0];
  return new TiltmeterError('data_folder_not_writable', `${path} cannot be written: ${why}`, {
    cause: error,
  });
}

function readPid(holder: string): string | undefined {
  try {
    return readFileSync(holder, 'utf8').trim();
  } catch {
    return undefined;
  }
}
