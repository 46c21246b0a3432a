import { Outcome } from '../../../contract/outcome.ts';
import { keptByMonth } from '../../store/kept.ts';
import { Batch } from '../columns/batch.ts';
import { category, number, text, time } from '../columns/common.ts';
import type { SharedKind } from './kind.ts';

/** What the business saw. Each row has an id of its own, by which an insert that was cut off is told. */
export const outcomes: SharedKind<Outcome> = {
  id: 'outcomes',
  summary: 'Store business outcomes',
  table: 'outcomes',
  schema: Outcome,
  batch: () =>
    new Batch('tiltmeter.outcomes', {
      idColumn: 'event_id',
      stampColumn: 'received_at',
      arrivals: 'outcomes',
    }),
  add(batch, outcome, stamp) {
    const at = batch.rows;
    batch.addId(stamp.id);
    batch.models.add(outcome.model);
    batch.column('event_id', text).set(at, stamp.id);
    batch.column('model', category).set(at, outcome.model);
    batch.column('metric', category).set(at, outcome.metric);
    batch.column('value', number).set(at, outcome.value);
    if (outcome.id) batch.column('id', text).set(at, outcome.id);
    batch.column('time', time).set(at, stamp.time);
  },
  kept: keptByMonth({ name: 'outcomes', title: 'Business outcomes', days: null, least: 7 }),
};
