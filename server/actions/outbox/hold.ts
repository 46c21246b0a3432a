import type { QuietHours } from '../../../contract/channel.ts';
import type { Priority } from '../../../contract/incident.ts';
import { endOfHours } from '../../../contract/week-hours.ts';

const HOUR = 3_600_000;

/** Nothing is held for longer: a moment further ahead is of a clock that was set back since. */
export const LONGEST_HOLD_MS = 8 * 24 * HOUR;

export interface Told {
  readonly priority: Priority;
  readonly quiet: QuietHours | null;
  readonly perHour: number | null;
  /** When the newest messages of the channel were due, newest first: as many as it gets in an hour. */
  readonly due: readonly number[];
}

/**
 * Until when a message is left for later; 0: not at all. By quiet hours until they end, by a limit until an hour after the message that is as many
 * before it; the more urgent is not held by either. Pure.
 */
export function heldUntil({ priority, quiet, perHour, due }: Told, now: number): number {
  const passes = quiet?.except != null && priority <= quiet.except;
  const quietEnd = quiet === null || passes ? 0 : (endOfHours(quiet.hours, now) ?? 0);
  const before = perHour === null || priority === 'P1' ? undefined : due[perHour - 1];
  const spaced = before === undefined ? 0 : before + HOUR;
  const held = Math.max(quietEnd, spaced);
  return held <= now ? 0 : Math.min(held, now + LONGEST_HOLD_MS);
}
