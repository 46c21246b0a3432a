const MINUTE = 60_000;
const DAY = 86_400_000;

/** One time that the action was due before. */
export interface Former {
  readonly model: string;
  readonly askedAt: number;
  /** Nobody said yes: nothing was done. */
  readonly undone: boolean;
}

export interface Limits {
  readonly cooldown_minutes: number;
  readonly per_day: number;
}

/** `cooldown`: the pause of the model goes on. `per_day`: as many were begun in 24 hours as may be. */
export type HeldBack = 'cooldown' | 'per_day';

/**
 * What keeps an action from being asked for now, null when nothing does: the model has its pause since the last time, also since one that
 * nobody said yes to, and the day is not full. A time ahead of now is of a clock that was set back; it counts as long as it would have to the
 * other side. Pure.
 */
export function heldBack(
  former: readonly Former[],
  limits: Limits,
  model: string,
  now: number,
): HeldBack | null {
  const since = ({ askedAt }: Former) => Math.abs(now - askedAt);
  const cooling = former.some((one) => one.model === model && since(one) < limits.cooldown_minutes * MINUTE);
  const today = former.filter((one) => !one.undone && since(one) < DAY).length;
  if (cooling) return 'cooldown';
  return today < limits.per_day ? null : 'per_day';
}
