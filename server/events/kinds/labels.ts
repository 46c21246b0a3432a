import { Label } from '../../../contract/label.ts';
import { keptByMonth } from '../../store/kept.ts';
import { Batch } from '../columns/batch.ts';
import { category, number, text, time } from '../columns/common.ts';
import { refuse, shown } from '../validate/refusal.ts';
import type { SharedKind } from './kind.ts';

/** The truth about a prediction. Labels replace each other by model and id, so that writing one twice changes nothing. */
export const labels: SharedKind<Label> = {
  id: 'labels',
  summary: 'Store the truth about predictions, whenever it becomes known',
  table: 'labels',
  schema: Label,
  batch: () => new Batch('tiltmeter.labels', { stampColumn: 'received_at', arrivals: 'labels' }),
  add(batch, label, stamp) {
    const at = batch.rows;
    batch.addId(stamp.id);
    batch.models.add(label.model);
    batch.column('model', category).set(at, label.model);
    batch.column('id', text).set(at, label.id);
    batch.column('label', category).set(at, String(label.label));
    const value = labelNumber(label.label);
    if (value !== undefined) batch.column('label_number', number).set(at, value);
    batch.column('time', time).set(at, stamp.time);
    if (label.source) batch.column('source', category).set(at, label.source);
  },
  // It would take the place of a good label of the same id, and say nothing.
  refusal: ({ label }, { task }) =>
    task === 'regression' && labelNumber(label) === undefined
      ? refuse(
          'label_type_mismatch',
          `the labels of this model are numbers, and ${shown(String(label))} is none`,
        )
      : undefined,
  kept: keptByMonth({ name: 'labels', title: 'Labels, by the time they came', days: null, least: 7 }),
};

/** A label as a number, where it is one: `labelNumber('12.5')` → 12.5, `labelNumber('yes')` → undefined */
export function labelNumber(label: Label['label']): number | undefined {
  if (typeof label === 'number') return label;
  if (typeof label !== 'string' || !/^\s*[-+]?(\d|\.\d)/.test(label)) return undefined;
  const value = Number(label);
  return Number.isFinite(value) ? value : undefined;
}
