import type { Migration } from '../migrate.ts';

/** What stands of one model is found without what ended of it. */
export const quarantinesOfModel: Migration = {
  name: '0073-quarantines-of-model',
  async up(db) {
    await db.schema.dropIndex('quarantines_model_index').execute();
    await db.schema
      .createIndex('quarantines_model_ended_at_until_index')
      .on('quarantines')
      .columns(['model', 'ended_at', 'until'])
      .execute();
  },
};
