import { TiltmeterError } from '../../../contract/errors.ts';

const UNIQUE = new Set<unknown>([1555, 2067, '23505']);
const FULL = new Set<unknown>([13, '53100', 'ENOSPC']);
/** SQLITE_BUSY, SQLITE_LOCKED; serialization failure, deadlock, stood still, shutting down, too many connections. */
const BUSY = new Set<unknown>([5, 6, '40001', '40P01', '25P03', '57P01', '57P02', '57P03', '53300']);
const UNREACHABLE = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|08)/;

/**
 * A database's error as one of the table's: a broken uniqueness rule is `conflict`, a store that is full, busy or
 * away is `disk_full` or `store_unavailable`; anything else is a defect and passes through unchanged.
 */
export function ledgerError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof TiltmeterError) return error;
  const { code, errcode, message } = error as Error & { code?: string; errcode?: number };
  if (UNIQUE.has(errcode) || UNIQUE.has(code))
    return new TiltmeterError('conflict', undefined, { cause: error });
  // PostgreSQL keeps no NUL in text and no integer beyond 64 bits.
  if (code === '22021' || code === '22P05')
    return new TiltmeterError('invalid_unicode', undefined, { cause: error });
  if (code === '22003')
    return new TiltmeterError('invalid_request', 'a number is out of range', { cause: error });
  const primary = errcode === undefined ? undefined : errcode & 0xff;
  if (FULL.has(primary) || FULL.has(code))
    return new TiltmeterError('disk_full', undefined, { cause: error, retryAfter: 10 });
  const away =
    UNREACHABLE.test(code ?? '') || /connection (terminated|timeout|error)|timeout exceeded/i.test(message);
  if (BUSY.has(primary) || BUSY.has(code) || away) {
    return new TiltmeterError('store_unavailable', undefined, { cause: error, retryAfter: 1 });
  }
  return error;
}
