import { expect, test } from 'vitest';
import { inNumbers, SUBJECT_WORDS, type SubjectCount } from './subject-counts.ts';

const of = (value: number | null) =>
  Object.fromEntries(Object.keys(SUBJECT_WORDS).map((name) => [name, value])) as Record<
    SubjectCount,
    number | null
  >;

test('what there is of somebody is named by its number, what there is none of is left out', () => {
  expect(inNumbers({ predictions: 1, ...of(0) })).toBe('1 prediction');
  expect(inNumbers({ predictions: 12, ...of(0), labels: 3, telemetry: 1 })).toBe(
    '12 predictions, 3 labels and 1 telemetry record',
  );
  expect(inNumbers({ predictions: 20_000, ...of(null) })).toBe('20,000 predictions and what belongs to them');
});
