import type { Kysely } from 'kysely';
import type { IncidentRow, Ledger } from '../store/ledger/schema.ts';

/** The models of each of these incidents, that on which it was first seen first; none of one without alerts and model. */
export async function modelsOfIncidents(
  ledger: Kysely<Ledger>,
  rows: readonly Pick<IncidentRow, 'id' | 'model'>[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (rows.length === 0) return new Map();
  const members = await ledger
    .selectFrom('incident_alerts')
    .select(['incident', 'model'])
    .distinct()
    .where(
      'incident',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('model')
    .execute();
  const others = Map.groupBy(members, ({ incident }) => incident);
  return new Map(
    rows.map(({ id, model }) => {
      const all = new Set([model, ...(others.get(id) ?? []).map((member) => member.model)]);
      return [id, [...all].filter((each) => each !== '')];
    }),
  );
}
