import type { Kysely } from 'kysely';
import type { Ledger } from '../store/ledger/schema.ts';
import type { OfModel } from '../store/of-model.ts';

/** Incidents that tell of this model and of no other. */
export async function incidentsOfAlone(ledger: Kysely<Ledger>, model: string): Promise<string[]> {
  const rows = await ledger
    .selectFrom('incidents')
    .select('id')
    .where('model', '=', model)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('incident_alerts')
            .select('alert')
            .whereRef('incident_alerts.incident', '=', 'incidents.id')
            .where('incident_alerts.model', '!=', model),
        ),
      ),
    )
    .execute();
  return rows.map(({ id }) => id);
}

export const INCIDENTS_OF_MODEL: readonly OfModel[] = [
  {
    name: 'incidents',
    store: 'ledger',
    async remove({ ledger }, { model }) {
      for (const id of await incidentsOfAlone(ledger, model))
        await ledger.transaction().execute(async (trx) => {
          await trx.deleteFrom('incident_events').where('incident', '=', id).execute();
          await trx.deleteFrom('incident_alerts').where('incident', '=', id).execute();
          await trx.deleteFrom('incident_groups').where('incident', '=', id).execute();
          await trx.deleteFrom('incidents').where('id', '=', id).execute();
        });
      await ledger.deleteFrom('incident_alerts').where('model', '=', model).execute();
    },
  },
];
