import { expect, test } from 'vitest';
import { NOTHING_COUNTED } from '../count/nothing.ts';
import type { CountedColumn } from '../count.ts';
import { QUALITY_LIMITS, qualityFindings } from './quality.ts';

const column = (counts: Readonly<Record<string, number>>): CountedColumn => ({
  ...NOTHING_COUNTED,
  n: Object.values(counts).reduce((a, b) => a + b),
  missing: 0,
  counts: new Map(Object.entries(counts)),
  distinct: Object.keys(counts).length,
});
const findings = (before: CountedColumn, after: CountedColumn) =>
  qualityFindings(
    before,
    after,
    { outOfRange: 0, newValues: 0, unseen: { hits: 0, n: before.n } },
    QUALITY_LIMITS,
    10,
  );

test('one value only: said where chance does not explain it', () => {
  expect(findings(column({ 0: 199, 1: 1 }), column({ 0: 200 }))).toEqual([]);
  expect(findings(column({ 0: 1900, 1: 100 }), column({ 0: 2000 }))).toEqual([
    'has one value only, where the reference varies',
  ]);
  expect(findings(column({ 0: 1000, 1: 1000 }), column({ 1: 100 }))).toHaveLength(1);
});
