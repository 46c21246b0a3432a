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
  /** Counts and logs a connection that was closed as it came. */
  connection(ip: string): void;
  /** Refusals since the start, by code. */
  counts(): ReadonlyMap<string, number>;
}

/** Refused requests (401, 403, 429): all are counted, and a few of each code and address a minute are logged. `monotonic` in milliseconds. */
export function createRefusals(log: Log, monotonic: () => number): Refusals {
  const actors = new WeakMap<object, Actor>();
  const counts = new Map<string, number>();
  let lines = new Map<string, number>();
  let since = monotonic();

  function told(code: string, address: string): { readonly more?: string } | undefined {
    counts.set(code, (counts.get(code) ?? 0) + 1);
    const now = monotonic();
    if (now - since >= MINUTE_MS) [lines, since] = [new Map(), now];
    const ip = lines.size < ADDRESSES ? address : 'others';
    const n = (lines.get(`${code} ${ip}`) ?? 0) + 1;
    lines.set(`${code} ${ip}`, n);
    if (n > LINES) return undefined;
    return n === LINES ? { more: 'of this address and code are counted only, for a minute' } : {};
  }

  return {
    of: (request, actor) => void actors.set(request, actor),
    counts: () => counts,
    note(request, error, about) {
      if (!STATUSES.has(error.status)) return;
      const more = told(error.code, about.ip);
      if (more === undefined) return;
      const { kind, id } = actors.get(request) ?? { kind: 'unknown', id: '' };
      log.warn({ ...about, code: error.code, actor: `${kind}:${id}`, ...more }, 'refused');
    },
    connection(ip) {
      const code = 'too_many_connections';
      const more = told(code, ip);
      if (more !== undefined) log.warn({ ip, code, ...more }, 'refused');
    },
  };
}
