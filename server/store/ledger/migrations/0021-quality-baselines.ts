import { type Kysely, sql } from 'kysely';
import type { Migration } from '../migrate.ts';

interface Before {
  baselines: { model: string; name: string; made_of: string; compared_with: string };
}

/** `mae of _prediction in ID`, `mae of _prediction from TIME, not ID`: what a baseline was of, and what it came from, as one text. */
const OF_REFERENCE = / in (\S+)$/;
const OF_ITSELF = /( from \d+), not \S+$/;

/**
 * What quality is compared with has a column of its own, with since when; references say when they last became the default;
 * and alerts and incidents why they ended.
 */
export const qualityBaselines: Migration = {
  name: '0021-quality-baselines',
  async up(db) {
    await sql`alter table baselines add column compared_with text not null default 'own'`.execute(db);
    await sql`alter table baselines add column judged_from bigint`.execute(db);
    await sql`alter table "references" add column default_at bigint`.execute(db);
    await sql`update "references" set default_at = created_at
      where id in (select reference_id from models where reference_id is not null)`.execute(db);
    await sql`alter table incident_alerts add column ended text`.execute(db);
    await sql`alter table incidents add column ended text`.execute(db);
    const ledger = db as unknown as Kysely<Before>;
    for (const row of await ledger.selectFrom('baselines').select(['model', 'name', 'made_of']).execute()) {
      const { model, name } = row;
      const [, reference] = OF_REFERENCE.exec(row.made_of) ?? [];
      const now = reference
        ? { made_of: row.made_of.replace(OF_REFERENCE, ''), compared_with: reference }
        : { made_of: row.made_of.replace(OF_ITSELF, '$1') };
      const own = ledger.updateTable('baselines').set(now).where('model', '=', model);
      await own.where('name', '=', name).execute();
    }
  },
};
