import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { WriteAheadLog } from './write-ahead-log.ts';

/** One after another, in the order in which they came. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when everybody before has ended, with what ends this one; to end it twice is harmless. */
  async next(): Promise<() => void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    return resolve;
  }
}

export interface TurnOptions {
  readonly turns: Turns;
  readonly inTransaction: () => boolean;
  readonly log: WriteAheadLog;
}

/** What surely changes nothing; a commit changes what the statements before it did. */
const READS = /^\s*(select|pragma|rollback)\b/i;

const changes = ({ query, sql }: CompiledQuery) => query.kind !== 'SelectQueryNode' && !READS.test(sql);

/**
 * The one connection for as long as somebody has it: until it is released, or something is committed. Then the next one has it
 * already while this one waits for the disk, and whoever commits meanwhile waits for the disk together with others. If more is asked of it
 * behind that, it is waited for anew.
 */
export class Turn implements DatabaseConnection {
  readonly #connection: DatabaseConnection;
  readonly #options: TurnOptions;
  #end: (() => void) | undefined;

  constructor(connection: DatabaseConnection, options: TurnOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  async begin(): Promise<void> {
    this.#end ??= await this.#options.turns.next();
  }

  end(): void {
    this.#end?.();
    this.#end = undefined;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    await this.begin();
    const result = await this.#connection.executeQuery<Row>(query);
    if (!changes(query) || this.#options.inTransaction()) return result;
    this.end();
    await this.#options.log.flush();
    return result;
  }

  async *streamQuery<Row>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<Row>> {
    await this.begin();
    yield* this.#connection.streamQuery<Row>(query, chunkSize!);
  }
}
