import type { Kysely } from 'kysely';
import { alertRows } from '../alerts/alert-rows.ts';
import { alertOf } from '../alerts/list-alerts.ts';
import type { Ctx } from '../context.ts';
import type { Ledger } from '../store/ledger/schema.ts';
import type { Announced } from './announce.ts';
import { incidentOf, membersOf } from './incident-row.ts';
import { modelsOfIncidents } from './models-of-incidents.ts';

/** Incidents that are read at a time. */
const PAGE = 500;

/** Incidents that go on, page by page in the order of their ids; none that is about Tiltmeter itself or was merged away. */
export async function* goingOn(ledger: Kysely<Ledger>): AsyncGenerator<Announced[]> {
  for (let after = ''; ; ) {
    const rows = await ledger
      .selectFrom('incidents')
      .selectAll()
      .where('status', '!=', 'resolved')
      .where('model', '!=', '')
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    const models = await modelsOfIncidents(ledger, rows);
    if (rows.length > 0) yield rows.map((row) => incidentOf(row, models.get(row.id)!));
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.id;
  }
}

/** The ids of all that go on, as a part of a statement: what is kept of them stays however old it is. */
export const idsGoingOn = (ledger: Kysely<Ledger>) =>
  ledger.selectFrom('incidents').select('id').where('status', '!=', 'resolved');

/** One incident, if it goes on and is about a model. */
export async function incidentGoingOn(ledger: Kysely<Ledger>, id: string): Promise<Announced | undefined> {
  const row = await ledger
    .selectFrom('incidents')
    .selectAll()
    .where('id', '=', id)
    .where('status', '!=', 'resolved')
    .where('model', '!=', '')
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return incidentOf(row, (await modelsOfIncidents(ledger, [row])).get(id)!);
}

/** What the alerts of an incident that still fire are about, of one of its models. */
export interface AlertedParts {
  readonly kinds: readonly string[];
  readonly columns: readonly string[];
  readonly segments: readonly string[];
}

/** Kinds of monitor, columns and segments of the alerts of an incident, of one of its models. */
export async function alertedParts(
  ctx: Pick<Ctx, 'ledger'>,
  incident: string,
  model: string,
): Promise<AlertedParts> {
  const members = (await membersOf(ctx, [incident])).filter(
    (member) => member.model === model && member.firing === 1,
  );
  const rows = await alertRows(
    ctx,
    members.map(({ alert }) => alert),
  );
  const alerts = [...rows.values()].map(alertOf);
  const each = (of: 'kind' | 'column' | 'segment') =>
    [...new Set(alerts.map((alert) => alert[of]))].filter(Boolean);
  return {
    kinds: each('kind'),
    columns: each('column').filter((column) => !column.startsWith('_')),
    segments: each('segment'),
  };
}
