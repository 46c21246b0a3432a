import { counted } from './counted.ts';

/** What is found beside the predictions of a subject: how a row is called in an export, and what it is counted as. */
export const SUBJECT_COUNTS = {
  label: 'labels',
  outcome: 'outcomes',
  reject: 'rejects',
  stage: 'stages',
  review_item: 'review_items',
  hold_row: 'hold_rows',
  span: 'telemetry',
  log: 'telemetry',
} as const;
export type SubjectRow = keyof typeof SUBJECT_COUNTS;
export type SubjectCount = (typeof SUBJECT_COUNTS)[SubjectRow];

/** What one of them is called. */
export const SUBJECT_WORDS: Readonly<Record<SubjectCount, string>> = {
  labels: 'label',
  outcomes: 'outcome',
  rejects: 'refused event',
  stages: 'stage record',
  review_items: 'review item',
  hold_rows: 'labelled row',
  telemetry: 'telemetry record',
};

/** `12 predictions, 3 labels and 2 telemetry records`; `12 predictions and what belongs to them` where it was not counted. */
export function inNumbers(
  found: { readonly predictions: number } & Readonly<Record<SubjectCount, number | null>>,
): string {
  const counts = Object.entries(SUBJECT_WORDS) as [SubjectCount, string][];
  const predictions = counted(found.predictions, 'prediction');
  if (counts.some(([name]) => found[name] === null)) return `${predictions} and what belongs to them`;
  const beside = counts.flatMap(([name, word]) => (found[name] ? [counted(found[name], word)] : []));
  const all = [predictions, ...beside];
  return all.length === 1 ? predictions : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
