import type { AlertState } from '../../contract/alert.ts';

/** What a monitor saw in one bucket of one series. */
export interface Observation {
  /** Event time at which the bucket begins. */
  readonly time: number;
  /** `judged`, or why it could not be. */
  readonly status: 'judged' | 'no_data' | 'not_enough_data' | 'late';
  /** Past the opening threshold. Only when judged. */
  readonly breach: boolean;
  /** Back past the closing threshold, which lies inside the opening one (hysteresis). Only when judged. */
  readonly clear: boolean;
  /** A named reason: `above_threshold`, `within_threshold`, `no_reference` … */
  readonly reason: string;
}

/** When a series opens and closes. All counts are of buckets. */
export interface Rules {
  /** It fires when m of the last n judged buckets breach. */
  readonly m: number;
  readonly n: number;
  /** It resolves after so many judged buckets in a row that are clear. */
  readonly keepOpen: number;
  /** A series that was fine says "no data" only after so many buckets in a row that could not be judged. */
  readonly silentFor: number;
  /** What values are compared with; empty where with nothing. */
  readonly comparedWith?: string;
}

/** What the state machine remembers of a series; plain JSON, stored with the alert. */
export interface Memory {
  readonly state: AlertState;
  readonly reason: string;
  /** Event time at which the state began; a firing alert keeps the time of its first breach. */
  readonly since: number;
  /** Newest last: '1' for a breach, '0' for none; at most n characters. */
  readonly recent: string;
  /** Clear buckets in a row while firing or resolved. */
  readonly clears: number;
  /** Buckets in a row that could not be judged. */
  readonly silent: number;
}

export interface Transition {
  readonly from: AlertState | null;
  readonly to: AlertState;
  readonly reason: string;
  /** Event time of the bucket that caused it. */
  readonly time: number;
}

export interface Decision {
  readonly next: Memory;
  readonly transition: Transition | null;
}

/**
 * The state machine of an alert: (previous, observed) → (next, transition).
 * Guarantees: one transition at most per bucket; a firing alert leaves that state only through `resolved`, never
 * because data stopped; every state has a named reason.
 * Example: two breaches in a row with m = 2 of n = 3 go ok → pending → firing, since the first of the two.
 */
export function decide(previous: Memory | null, seen: Observation, rules: Rules): Decision {
  return seen.status === 'judged' ? judged(previous, seen, rules) : unjudged(previous, seen, rules);
}

function judged(previous: Memory | null, seen: Observation, rules: Rules): Decision {
  const recent = ((previous?.recent ?? '') + (seen.breach ? '1' : '0')).slice(-rules.n);
  const breaches = recent.replaceAll('0', '').length;
  const state = previous?.state ?? null;
  const counted = { recent, silent: 0 };

  if (state === 'firing') {
    const clears = seen.clear ? previous!.clears + 1 : 0;
    if (clears >= rules.keepOpen)
      return move(previous, 'resolved', 'back_to_normal', seen.time, seen.time, {
        recent: '',
        silent: 0,
        clears: 0,
      });
    const reason = seen.breach ? seen.reason : seen.clear ? 'kept_open' : 'within_hysteresis';
    return move(previous, 'firing', reason, previous!.since, seen.time, { ...counted, clears });
  }
  if (breaches >= rules.m) {
    const since = state === 'pending' ? previous!.since : seen.time;
    return move(previous, 'firing', seen.reason, since, seen.time, { ...counted, clears: 0 });
  }
  if (breaches > 0) {
    const since = state === 'pending' ? previous!.since : seen.time;
    return move(previous, 'pending', seen.breach ? seen.reason : 'awaiting_confirmation', since, seen.time, {
      ...counted,
      clears: 0,
    });
  }
  if (state === 'resolved' && previous!.clears + 1 < rules.keepOpen)
    return move(previous, 'resolved', previous!.reason, previous!.since, seen.time, {
      ...counted,
      clears: previous!.clears + 1,
    });
  return move(previous, 'ok', seen.reason, state === 'ok' ? previous!.since : seen.time, seen.time, {
    ...counted,
    clears: 0,
  });
}

function unjudged(previous: Memory | null, seen: Observation, rules: Rules): Decision {
  const status = seen.status as Exclude<Observation['status'], 'judged'>;
  if (previous === null)
    return move(null, status, seen.reason, seen.time, seen.time, { recent: '', clears: 0, silent: 1 });
  const silent = previous.silent + 1;
  const kept = { recent: previous.recent, clears: previous.clears, silent };
  if (previous.state === 'firing')
    return move(previous, 'firing', previous.reason, previous.since, seen.time, kept);
  const alreadySilent =
    previous.state === 'no_data' || previous.state === 'not_enough_data' || previous.state === 'late';
  if (!alreadySilent && silent < rules.silentFor)
    return move(previous, previous.state, previous.reason, previous.since, seen.time, kept);
  const since = previous.state === status ? previous.since : seen.time;
  return move(previous, status, seen.reason, since, seen.time, { recent: '', clears: 0, silent });
}

function move(
  previous: Memory | null,
  to: AlertState,
  reason: string,
  since: number,
  now: number,
  rest: Pick<Memory, 'recent' | 'clears' | 'silent'>,
): Decision {
  const next: Memory = { state: to, reason, since, ...rest };
  if (previous?.state === to) return { next, transition: null };
  return { next, transition: { from: previous?.state ?? null, to, reason, time: now } };
}
