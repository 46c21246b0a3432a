import { Session } from 'chdb';

/**
 * Sessions of the engine, each used by one statement at a time. A failed statement leaves part of its answer on its
 * connection, where the next answer would start with it: after any error the session has to answer a flush statement
 * before it is used again, and is replaced when it cannot.
 */
export class SessionPool {
  #free: Session[] = [];
  readonly #open: () => Session;

  constructor(dir: string, engineArguments: readonly string[]) {
    this.#open = () => new Session(dir, { connectionArgs: [...engineArguments] });
    this.#free.push(this.#open());
  }

  /** Answer of one statement (or several, joined by `;`). Rejects with the engine's error. */
  async run(sql: string, format: string): Promise<Uint8Array> {
    const session = this.#free.pop() ?? this.#open();
    let usable = true;
    try {
      const answer = await session.queryAsync(sql, { format });
      return answer.bytes();
    } catch (error) {
      usable = await flushed(session);
      throw error;
    } finally {
      if (usable) this.#free.push(session);
      else session.close();
    }
  }
}

async function flushed(session: Session): Promise<boolean> {
  try {
    await session.queryAsync('SELECT 1 FORMAT Null');
    return true;
  } catch {
    return false;
  }
}
