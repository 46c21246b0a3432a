import type { Action } from '../../../api/types.ts';
import { duration } from '../../../number/format.ts';
import { EVERYTHING, onlySentence } from '../channels/only.ts';

/** When an action is due, how often, and who is asked. */
export type Terms = Pick<Action, 'when' | 'cooldown_minutes' | 'per_day' | 'approval'>;

const MINUTE = 60_000;

/** Of an action that is added: due for every incident, at most once a day, after a yes of whoever may write. */
export const USUAL: Terms = {
  when: { ...EVERYTHING, on: 'incident', kinds: [], after_minutes: 0 },
  cooldown_minutes: 1_440,
  per_day: 1,
  approval: { people: [], expires_minutes: 1_440 },
};

/** `when an incident (P1 of credit-risk) has gone on for 1 h, after a yes of whoever may write, at most 1 in 24 h, 24 h apart for one model` */
export function termsSentence(
  { when, cooldown_minutes, per_day, approval }: Terms,
  nameOf: (model: string) => string = (id) => id,
): string {
  const asked =
    approval === null
      ? 'nobody is asked'
      : `after a yes of ${approval.people.length === 0 ? 'whoever may write' : approval.people.join(' or ')}`;
  const apart = cooldown_minutes === 0 ? '' : `, ${duration(cooldown_minutes * MINUTE)} apart for one model`;
  return `${whenWords(when, nameOf)}, ${asked}, at most ${per_day} in 24 h${apart}`;
}

function whenWords(when: Terms['when'], nameOf: (model: string) => string): string {
  if (when.on === 'hand') return 'only when somebody asks for it';
  const only = onlySentence(when, nameOf);
  const which = only === '' ? '' : ` (${only})`;
  if (when.on !== 'incident')
    return `when a version is found ${when.on === 'promote' ? 'better' : 'worse'}${which}`;
  const kinds =
    when.kinds.length === 0
      ? ''
      : ` with an alert of ${when.kinds.map((kind) => kind.replaceAll('_', ' ')).join(' or ')}`;
  return when.after_minutes === 0
    ? `when there is an incident${which}${kinds}`
    : `when an incident${which}${kinds} has gone on for ${duration(when.after_minutes * MINUTE)}`;
}
