import { TiltmeterError } from '../../../contract/errors.ts';

/** What the engine itself said: the number ClickHouse gives its errors, and its message. For logs, never for users. */
export class EngineError extends Error {
  readonly engineCode: number | undefined;

  constructor(message: string, engineCode: number | undefined = engineCodeIn(message)) {
    super(message);
    this.name = 'EngineError';
    this.engineCode = engineCode;
  }
}

/** The number in a message of the engine. `engineCodeIn('Code: 60. DB::Exception: …')` → 60 */
export function engineCodeIn(message: string): number | undefined {
  const match = /Code: (\d+)\./.exec(message);
  return match ? Number(match[1]) : undefined;
}

/** The engine's number behind an error of the lake, when there is one: `engineCode(error) === UNKNOWN_TABLE`. */
export function engineCode(error: unknown): number | undefined {
  const cause = error instanceof TiltmeterError ? error.cause : error;
  return cause instanceof EngineError ? cause.engineCode : undefined;
}

export const UNKNOWN_TABLE = 60;
/** An insert names a column that the table does not have. */
export const NO_SUCH_COLUMN = 16;

/** Whether a column was not changed because an earlier change of it is still being written: BAD_ARGUMENTS, which says much else too. */
export function stillWritten(error: unknown): boolean {
  const cause = error instanceof TiltmeterError ? error.cause : error;
  return (
    cause instanceof EngineError &&
    cause.engineCode === 36 &&
    /affected by mutation .* not finished yet/.test(cause.message)
  );
}

/** What was running: a store that is full of work is the reader's concern, but never a reason to refuse a row. */
export type Statement = 'query' | 'insert' | 'command';

const DISK_FULL = new Set([243]); // NOT_ENOUGH_SPACE
// TIMEOUT_EXCEEDED, TOO_SLOW, MEMORY_LIMIT_EXCEEDED, TOO_MANY_ROWS, TOO_MANY_BYTES, TOO_MANY_ROWS_OR_BYTES, SET_SIZE_LIMIT_EXCEEDED
const TOO_LARGE = new Set([159, 160, 241, 158, 307, 396, 191]);
// NETWORK_ERROR, SOCKET_TIMEOUT, ALL_CONNECTION_TRIES_FAILED, TOO_MANY_SIMULTANEOUS_QUERIES, ABORTED, TOO_MANY_PARTS,
// KEEPER_EXCEPTION, TABLE_IS_READ_ONLY (replica without Keeper), QUERY_WAS_CANCELLED, SERVER_OVERLOADED; of a cluster whose servers are
// away: TOO_FEW_LIVE_REPLICAS, UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE, UNKNOWN_STATUS_OF_INSERT, NO_ZOOKEEPER, ALL_REPLICAS_ARE_STALE,
// NO_REMOTE_SHARD_AVAILABLE, ATTEMPT_TO_READ_AFTER_EOF (a server that dies within its answer)
const UNAVAILABLE = new Set([
  210, 209, 279, 202, 236, 252, 999, 242, 394, 745, 285, 286, 319, 225, 369, 519, 32,
]);

/**
 * The error a caller of the lake sees for an error of the engine. Total: what is not known is `internal`,
 * with the engine's words as its cause.
 */
export function lakeError(error: EngineError, statement: Statement): TiltmeterError {
  const code = error.engineCode ?? 0;
  if (DISK_FULL.has(code) || /No space left on device/i.test(error.message))
    return new TiltmeterError('disk_full', undefined, { cause: error, retryAfter: 10 });
  // The server as a whole is at its ceiling: a later try can succeed. A statement over its own limit never does.
  const shared = code === 241 && /\(total\)|Total memory/i.test(error.message);
  if (shared || (TOO_LARGE.has(code) && statement === 'insert'))
    return new TiltmeterError('store_unavailable', 'The store is short of memory or time', {
      cause: error,
      retryAfter: 2,
    });
  if (TOO_LARGE.has(code)) return new TiltmeterError('query_too_large', undefined, { cause: error });
  if (UNAVAILABLE.has(code))
    return new TiltmeterError('store_unavailable', undefined, { cause: error, retryAfter: 2 });
  return new TiltmeterError('internal', undefined, { cause: error });
}
