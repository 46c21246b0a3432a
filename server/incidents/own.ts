import type { Transaction } from 'kysely';
import type { Cause, Priority } from '../../contract/incident.ts';
import type { Ctx } from '../context.ts';
import type { IncidentEventRow, IncidentRow, Ledger } from '../store/ledger/schema.ts';
import type { Announce, AnnouncedEvent } from './announce.ts';
import { incidentOf } from './incident-row.ts';
import { AWAKE, UNTOUCHED } from './life/untouched.ts';

/** Something about Tiltmeter itself or a job that people must know, as an incident without alerts. */
export interface OwnIncident {
  /** There is one incident of each at a time. */
  readonly key: string;
  /** The model it concerns first; empty for none. */
  readonly model: string;
  readonly priority: Priority;
  readonly title: string;
  /** Wall clock at which it began. */
  readonly since: number;
  /** What it is, where that is known; none when absent. */
  readonly causes?: readonly Cause[];
}

/** What tells of what: Tiltmeter itself, and jobs that say when they run. */
const PREFIXES = ['tiltmeter/', 'heartbeat/'] as const;
export type Prefix = (typeof PREFIXES)[number];
/** Whether an incident is about Tiltmeter itself or a job: it has no alerts. */
export const isOwn = ({ grouped_by }: Pick<IncidentRow, 'grouped_by'>): boolean =>
  PREFIXES.some((prefix) => grouped_by.startsWith(prefix));

/** What comes back so soon is the same incident. */
const REOPEN_MS = 3_600_000;

/**
 * Opens, rewords, reopens and resolves incidents about Tiltmeter itself so that there is one for each of these, and
 * announces what people must know, in the caller's transaction. What a person resolved stays so while it goes on.
 */
export async function tellOwn(
  ctx: Ctx,
  trx: Transaction<Ledger>,
  own: readonly OwnIncident[],
  announce: Announce,
  prefix: Prefix = 'tiltmeter/',
): Promise<void> {
  const now = ctx.clock();
  const rows = await trx
    .selectFrom('incidents')
    .selectAll()
    .where('grouped_by', 'like', `${prefix}%`)
    .where((eb) => eb.or([eb('status', '!=', 'resolved'), eb('updated_at', '>=', now - 7 * 24 * REOPEN_MS)]))
    .orderBy('id')
    .forUpdate()
    .execute();
  const newest = new Map(rows.map((row) => [row.grouped_by, row]));
  for (const incident of own) {
    const former = newest.get(prefix + incident.key);
    const next = step(ctx, former, incident, now, prefix);
    if (next === null) continue;
    await store(trx, former, next.row, next.event, now);
    if (next.event !== null) await announce(ctx, trx, next.event, shown(next.row));
  }
  const wanted = new Set(own.map(({ key }) => prefix + key));
  for (const former of newest.values()) {
    if (former.status === 'resolved' || wanted.has(former.grouped_by)) continue;
    const row: IncidentRow = {
      ...former,
      status: 'resolved',
      ...AWAKE,
      resolved_at: now,
      last_at: now,
      updated_at: now,
    };
    await store(trx, former, row, 'resolved', now);
    await announce(ctx, trx, 'resolved', shown(row));
  }
}

interface Step {
  readonly row: IncidentRow;
  readonly event: AnnouncedEvent | null;
}

/** What becomes of the newest incident of a key while it goes on; null for nothing. */
function step(
  ctx: Ctx,
  former: IncidentRow | undefined,
  own: OwnIncident,
  now: number,
  prefix: Prefix,
): Step | null {
  const { title, priority } = own;
  if (former !== undefined && former.status !== 'resolved') {
    const raised = priority < former.priority;
    const row = {
      ...former,
      title,
      causes: JSON.stringify(own.causes ?? []),
      priority: raised ? priority : former.priority,
      last_at: now,
      updated_at: now,
    };
    return { row, event: raised ? 'priority_raised' : null };
  }
  const resolvedAt = former?.resolved_at ?? Number.NEGATIVE_INFINITY;
  if (own.since <= resolvedAt) return null;
  if (former !== undefined && now - resolvedAt <= REOPEN_MS)
    return {
      row: {
        ...former,
        ...{
          title,
          priority,
          causes: JSON.stringify(own.causes ?? []),
          status: 'open',
          episode: former.episode + 1,
          resolved_at: null,
        },
        ...{ acknowledged_at: null, acknowledged_by: null, ...AWAKE, waiting_since: now },
        ...{ last_at: now, updated_at: now },
      },
      event: 'reopened',
    };
  return { row: opened(ctx, own, now, prefix), event: 'opened' };
}

function opened(
  ctx: Ctx,
  { key, model, title, priority, since, causes = [] }: OwnIncident,
  now: number,
  prefix: Prefix,
): IncidentRow {
  return {
    id: ctx.ids.id(),
    model,
    grouped_by: prefix + key,
    episode: 1,
    status: 'open',
    priority,
    title,
    started_at: since,
    last_at: now,
    opened_at: now,
    waiting_since: now,
    resolved_at: null,
    resolved_by: null,
    going_to: null,
    ...UNTOUCHED,
    withdrawn: 0,
    ended: null,
    causes: JSON.stringify(causes),
    diagnosed: 2,
    losses: '[]',
    priced_at: 0,
    priced_as: '',
    updated_at: now,
  };
}

async function store(
  trx: Transaction<Ledger>,
  former: IncidentRow | undefined,
  row: IncidentRow,
  event: AnnouncedEvent | null,
  now: number,
): Promise<void> {
  const { id, ...values } = row;
  if (former?.id === id) await trx.updateTable('incidents').set(values).where('id', '=', id).execute();
  else await trx.insertInto('incidents').values(row).execute();
  if (event === null) return;
  const text = event === 'priority_raised' ? `${former?.priority} → ${row.priority}` : row.title;
  const line: Omit<IncidentEventRow, 'seq'> = {
    incident: id,
    at: now,
    kind: event,
    actor: 'system',
    actor_id: null,
    text,
  };
  await trx.insertInto('incident_events').values(line).execute();
}

const shown = (row: IncidentRow) => incidentOf(row, row.model === '' ? [] : [row.model]);
