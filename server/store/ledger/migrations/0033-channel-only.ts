import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

/** Channels say which incidents they are told of: all of them, as before. */
export const channelOnly: Migration = {
  name: '0033-channel-only',
  async up(db) {
    await sql`alter table channels add column only_of text not null default '{}'`.execute(db);
  },
};
