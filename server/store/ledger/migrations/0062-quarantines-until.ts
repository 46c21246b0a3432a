import type { Migration } from '../migrate.ts';

/** Flags that ended by themselves are told from those that stand without reading them all: what stands is read each second. */
export const quarantinesUntil: Migration = {
  name: '0062-quarantines-until',
  async up(db) {
    await db.schema.dropIndex('quarantines_ended_at_index').execute();
    await db.schema
      .createIndex('quarantines_ended_at_until_index')
      .on('quarantines')
      .columns(['ended_at', 'until'])
      .execute();
  },
};
