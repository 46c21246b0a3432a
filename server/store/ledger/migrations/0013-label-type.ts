import type { Migration } from '../migrate.ts';

/** What the labels of a model are, so that one of another type does not take the place of a good one. */
export const labelType: Migration = {
  name: '0013-label-type',
  async up(db) {
    await db.schema.alterTable('models').addColumn('label_type', 'text').execute();
  },
};
