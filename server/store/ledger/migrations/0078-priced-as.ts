import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

/** What the cost of an incident rested on when it was last read (see incidents/loss/priced-as.ts); empty: it was not yet. */
export const pricedAs: Migration = {
  name: '0078-priced-as',
  async up(db) {
    await sql`alter table incidents add column priced_as text not null default ''`.execute(db);
  },
};
