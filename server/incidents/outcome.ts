import type { Cause, Priority } from '../../contract/incident.ts';
import type { ModelLoss } from '../../contract/loss.ts';
import { rfc3339 } from '../../contract/time.ts';
import type { JudgedAnew } from '../alerts/episodes.ts';
import { REFERENCE_CHANGED } from '../alerts/series.ts';
import type { IncidentEventRow, IncidentRow } from '../store/ledger/schema.ts';
import type { AnnouncedEvent } from './announce.ts';
import type { Step } from './correlate.ts';
import { AWAKE, type Said, UNTOUCHED } from './life/untouched.ts';
import type { Story } from './story.ts';
import { modelsOf, standing, type Thread } from './thread.ts';

export type NewEvent = Omit<IncidentEventRow, 'seq'>;

/** One thing to tell people: the incident as it was then. */
export interface News {
  readonly event: AnnouncedEvent;
  readonly row: IncidentRow;
}

/** An incident after changes: as it is stored, what its timeline says, and what people are told, in this order. */
export interface Outcome {
  readonly row: IncidentRow;
  readonly events: readonly NewEvent[];
  readonly news: readonly News[];
}

/**
 * What becomes of an incident: `former` as it was before `steps` (null: it opens), `thread` after them. Between the steps
 * a person's word stands; urgency falls only when something was taken back; when all was, the story stays what it was.
 * Pure.
 */
export function outcomeOf(
  former: IncidentRow | null,
  thread: Thread,
  steps: readonly Step[],
  story: Story,
  now: number,
): Outcome {
  const kinds = new Set(steps.map(({ kind }) => kind));
  const anew = kinds.has('opened') || kinds.has('reopened');
  const withdrawn = standing(thread).length === 0;
  const { title, priority, causes, diagnosed, losses } =
    withdrawn && former !== null ? storyOf(former) : story;
  const status = thread.resolved ? 'resolved' : former === null || anew ? 'open' : former.status;
  const known = anew ? null : former;
  const urgency =
    former === null || kinds.has('corrected') ? priority : moreUrgent(former.priority, priority);
  const wakes = former === null || status === 'resolved' ? null : whyAwake(former, kinds, urgency);
  const row: IncidentRow = {
    id: thread.id,
    model: former?.model ?? modelsOf(thread)[0]!,
    grouped_by: thread.group,
    episode: (former?.episode ?? 1) + steps.filter(({ kind }) => kind === 'reopened').length,
    status,
    priority: urgency,
    title,
    started_at: thread.startedAt,
    last_at: thread.lastAt,
    opened_at: former?.opened_at ?? now,
    waiting_since: former === null || anew || wakes !== null ? now : former.waiting_since,
    resolved_at: status === 'resolved' ? (known?.resolved_at ?? now) : null,
    resolved_by: status === 'resolved' ? (known?.resolved_by ?? null) : null,
    going_to: status === 'resolved' ? (known?.going_to ?? null) : null,
    ...saidOf(former, anew),
    ...(wakes === null && status !== 'resolved' ? {} : AWAKE),
    withdrawn: withdrawn ? 1 : 0,
    ended: thread.resolved && endedByReference(thread) ? REFERENCE_CHANGED : null,
    causes: JSON.stringify(causes),
    diagnosed,
    losses: JSON.stringify(losses),
    priced_at: former?.priced_at ?? 0,
    priced_as: former?.priced_as ?? '',
    updated_at: now,
  };
  const raised = former !== null && row.priority < former.priority;
  const events = steps.map((step) => eventOf(step, now));
  if (raised) events.push(raiseOf(former, row, now));
  if (wakes !== null) events.push(wokenBy(wakes, row.id, now));
  // What opens or reopens tells its priority with it, and of what was over nobody is told that it is urgent.
  const raise = raised && !anew && former.status !== 'resolved' ? [raiseNews(former, row)] : [];
  // A raise, an opening says by itself that it is not quiet any more.
  const woken: News[] = wakes !== null && !raised && !anew ? [{ event: 'snooze_over', row }] : [];
  return { row, events, news: [...raise, ...woken, ...newsOf(steps, row, former?.episode ?? 1, now)] };
}

/** What people said stays; an acknowledgement is of one episode. */
function saidOf(former: IncidentRow | null, anew: boolean): Said {
  const { acknowledged_at, acknowledged_by, assignee, snoozed_until, snoozed_by, ...rest } =
    former ?? UNTOUCHED;
  const { verdict, found, merged_into, revision } = rest;
  const acknowledged = anew
    ? { acknowledged_at: null, acknowledged_by: null }
    : { acknowledged_at, acknowledged_by };
  return { ...acknowledged, assignee, snoozed_until, snoozed_by, verdict, found, merged_into, revision };
}

/** Why a snooze is over before its time; null: it is not, or there is none. */
function whyAwake(
  { snoozed_until, priority }: IncidentRow,
  kinds: ReadonlySet<Step['kind']>,
  urgency: Priority,
): string | null {
  if (snoozed_until === null) return null;
  if (urgency < priority) return 'it became more urgent';
  if (kinds.has('reopened')) return 'it came back';
  return snoozed_until === 0 && (kinds.has('alert_joined') || kinds.has('spread'))
    ? 'another alert joined'
    : null;
}

function wokenBy(text: string, incident: string, at: number): NewEvent {
  return { incident, at, kind: 'snooze_over', actor: 'system', actor_id: null, text };
}

const endedByReference = ({ members }: Thread) =>
  [...members].some(({ ended }) => ended === REFERENCE_CHANGED);

function moreUrgent(a: Priority, b: Priority): Priority {
  return a < b ? a : b;
}

function storyOf({ title, priority, causes, diagnosed, losses }: IncidentRow): Story {
  return {
    ...{ title, priority, diagnosed },
    causes: JSON.parse(causes) as Cause[],
    losses: JSON.parse(losses) as ModelLoss[],
  };
}

function raiseNews(former: IncidentRow, row: IncidentRow): News {
  return {
    event: 'priority_raised',
    row: { ...row, episode: former.episode, status: former.status, resolved_at: null },
  };
}

/** Each opening, reopening and end, in the order in which they happened; that it spread once in an episode, as the news names all models that it reached. */
function newsOf(steps: readonly Step[], row: IncidentRow, begun: number, now: number): News[] {
  let episode = begun;
  let spreadIn = 0;
  return steps.flatMap(({ kind }): News[] => {
    if (kind === 'reopened') episode += 1;
    if (kind === 'spread') {
      if (row.status === 'resolved' || spreadIn === episode) return [];
      spreadIn = episode;
      return [{ event: kind, row: { ...row, episode } }];
    }
    if (kind === 'resolved')
      return [{ event: kind, row: { ...row, episode, status: kind, resolved_at: now } }];
    if (kind !== 'opened' && kind !== 'reopened') return [];
    return [
      { event: kind, row: { ...row, episode, status: 'open', resolved_at: null, withdrawn: 0, ended: null } },
    ];
  });
}

function raiseOf(former: IncidentRow, { id, priority }: IncidentRow, at: number): NewEvent {
  return {
    ...{ incident: id, at, kind: 'priority_raised', actor: 'system', actor_id: null },
    text: `${former.priority} → ${priority}`,
  };
}

function eventOf({ kind, incident, by, time }: Step, at: number): NewEvent {
  const words = [by?.what ?? '', why(kind, by), rfc3339(time)];
  if (kind === 'spread') words.splice(1, 0, `to ${by!.model}`);
  const text = words.filter((word) => word !== '').join(' · ');
  return { incident, at, kind, actor: 'system', actor_id: null, text };
}

function why(kind: Step['kind'], by: Step['by']): string {
  if (kind === 'reference_changed')
    return 'fires no more since another reference is compared with, which shows no recovery';
  return kind === 'corrected' ? correctionOf(by!) : '';
}

/** Why what was told is withdrawn; when values changed, it never was. */
const WITHDRAWN: Readonly<Record<JudgedAnew, string>> = {
  task_changed: "withdrawn, since the model's task was changed: its quality is judged anew",
  positive_class_changed: 'withdrawn, since another class counts as positive now: quality is judged anew',
  reference_chosen: 'withdrawn, since a reference was chosen: the history is judged anew by it',
};

function correctionOf({ kind, reason }: NonNullable<Step['by']>): string {
  if (kind === 'withdrawn') return WITHDRAWN[reason as JudgedAnew] ?? 'as known now it never was';
  return kind === 'goes_on' ? 'as known now it goes on' : 'as known now it ended at another time';
}
