import { Change } from '../../../contract/change.ts';
import { keptByMonth } from '../../store/kept.ts';
import { Batch } from '../columns/batch.ts';
import { category, text, time } from '../columns/common.ts';
import type { SharedKind } from './kind.ts';

/** Something that people changed; of one model, or of all. */
export const changes: SharedKind<Change> = {
  id: 'changes',
  summary: 'Store deployments and other changes',
  table: 'changes',
  schema: Change,
  batch: () => new Batch('tiltmeter.changes', { idColumn: 'id', stampColumn: 'received_at' }),
  add(batch, change, stamp) {
    const at = batch.rows;
    batch.addId(stamp.id);
    batch.column('id', text).set(at, stamp.id);
    if (change.model) batch.column('model', category).set(at, change.model);
    batch.column('time', time).set(at, stamp.time);
    batch.column('kind', category).set(at, change.kind);
    batch.column('title', category).set(at, change.title);
    if (change.version) batch.column('version', category).set(at, change.version);
    if (change.url) batch.column('url', category).set(at, change.url);
  },
  kept: keptByMonth({ name: 'changes', title: 'Deployments and other changes', days: null, least: 30 }),
};
