import type { TiltmeterError } from '../../contract/errors.ts';
import type { Actor } from '../context.ts';
import type { Log } from '../log.ts';

/** Lines of the log a minute for each code and address: enough to see an attempt, too few to drown in. */
const LINES = 5;
const MINUTE_MS = 60_000;
/** Addresses that are counted apart within a minute; what comes from others is one more of them. */
const ADDRESSES = 1_000;
const STATUSES: ReadonlySet<number> = new Set([401, 403, 429]);

/** Who was refused what. */
export interface Refused {
  readonly request: string;
  readonly ip: string;
  readonly method: string;
  readonly url: string | undefined;
}

export interface Refusals {
  /** Remembers who asks, for the case that they are refused. */
  of(request: object, actor: Actor): void;
  /** Counts and logs an error when it is a refusal. */
  note(request: object, error: TiltmeterError, about: Refused): void;
  /** Refusals since the start, by code. */
  counts(): ReadonlyMap<string, number>;
}

/** Refused requests (401, 403, 429): all are counted, and a few of each code and address a minute are logged. `monotonic` in milliseconds. */
export function createRefusals(log: Log, monotonic: () => number): Refusals {
  const actors = new WeakMap<object, Actor>();
  const counts = new Map<string, number>();
  let lines = new Map<string, number>();
  let since = monotonic();
  return {
    of: (request, actor) => void actors.set(request, actor),
    counts: () => counts,
    note(request, error, about) {
      if (!STATUSES.has(error.status)) return;
      counts.set(error.code, (counts.get(error.code) ?? 0) + 1);
      const now = monotonic();
      if (now - since >= MINUTE_MS) [lines, since] = [new Map(), now];
      const ip = lines.size < ADDRESSES ? about.ip : 'others';
      const n = (lines.get(`${error.code} ${ip}`) ?? 0) + 1;
      lines.set(`${error.code} ${ip}`, n);
      if (n > LINES) return;
      const { kind, id } = actors.get(request) ?? { kind: 'unknown', id: '' };
      const more = n === LINES ? { more: 'of this address and code are counted only, for a minute' } : {};
      log.warn({ ...about, code: error.code, actor: `${kind}:${id}`, ...more }, 'refused');
    },
  };
}
