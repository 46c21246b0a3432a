import { Label } from '../../../contract/label.ts';
import { keptByMonth } from '../../store/kept.ts';
import { Batch } from '../columns/batch.ts';
import { category, number, text, time } from '../columns/common.ts';
import { labelAs, labelNumber } from '../validate/label-type.ts';
import type { SharedKind } from './kind.ts';

/** A label as it is stored: a list as JSON of its items as texts, one with grades as JSON of items and relevance (`relevantItems` reads it). */
function textOf(label: Label['label']): string {
  if (!Array.isArray(label)) return String(label);
  const graded = label.map((one) =>
    typeof one === 'object' ? ([String(one.item), one.relevance] as const) : ([String(one), 1] as const),
  );
  return label.some((one) => typeof one === 'object')
    ? JSON.stringify(graded)
    : JSON.stringify(graded.map(([item]) => item));
}

/** What tells the labels of an id apart. Without a time of its own, the same label of the same source is the same. */
function entryOf({ label, source = '', human = false, time }: Label, at: number): string {
  return JSON.stringify([human ? 1 : 0, source, textOf(label), time === undefined ? 0 : at]);
}

/** The truth about a prediction. All labels of an id are kept; one that is written twice replaces itself. */
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
    batch.column('label', category).set(at, textOf(label.label));
    const value = labelNumber(label.label);
    if (value !== undefined) batch.column('label_number', number).set(at, value);
    batch.column('time', time).set(at, stamp.time);
    if (label.source) batch.column('source', category).set(at, label.source);
    batch.column('human', number).set(at, label.human ? 1 : 0);
    batch.column('entry', text).set(at, entryOf(label, stamp.time));
  },
  // One of another type would count in place of a good label of the same id, and say nothing.
  asModelHas(event, model) {
    const label = labelAs(event.label, model);
    return typeof label === 'object' && !Array.isArray(label) ? label : { ...event, label };
  },
  kept: keptByMonth({ name: 'labels', title: 'Labels, by the time they came', days: null, least: 7 }),
};
