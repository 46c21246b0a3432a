import type { Transaction } from 'kysely';
import type { Peak } from '../alerts/series.ts';
import type { Ledger, ModelRow } from '../store/ledger/schema.ts';
import type { Fact } from './fact.ts';

/** What is known of the alerts of an incident, the earliest first. */
export async function readFacts(
  trx: Transaction<Ledger>,
  model: Pick<ModelRow, 'importance'>,
  incident: string,
): Promise<Fact[]> {
  const rows = await trx
    .selectFrom('incident_alerts as member')
    .innerJoin('alerts as alert', 'alert.id', 'member.alert')
    .leftJoin('monitors as monitor', 'monitor.id', 'alert.monitor')
    .select([
      'alert.id as id',
      'alert.kind as kind',
      'alert.metric as metric',
      'alert.column as column',
      'monitor.severity as severity',
      'member.since as since',
      'member.firing as firing',
      'member.peak as peak',
    ])
    .where('member.incident', '=', incident)
    .orderBy('member.since')
    .orderBy('alert.id')
    .execute();
  const importance = importanceOf(model);
  return rows.map((row) => ({
    alert: row.id,
    kind: row.kind,
    metric: row.metric,
    column: row.column,
    severity: row.severity ?? 'ticket',
    since: row.since,
    firing: row.firing === 1,
    peak: JSON.parse(row.peak) as Peak,
    importance: row.column === '' ? null : (importance.get(row.column) ?? null),
  }));
}

/** A model's importance by column; empty until known. */
export function importanceOf({ importance }: Pick<ModelRow, 'importance'>): Map<string, number> {
  return new Map(
    Object.entries(importance === null ? {} : (JSON.parse(importance) as Record<string, number>)),
  );
}
