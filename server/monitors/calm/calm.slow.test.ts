import { expect, test } from 'vitest';
import { random } from '../../../stats/random.ts';
import { falseAlerts, shares } from './calm.testing.ts';

/** Gaps that always were there, and values that are sometimes wrong. */
const plain = shares([0.02, 0.001, 0.002]);
const rough = shares([0.2, 0.01, 0.03]);
const MONTHS = 4;

test.each([
  ['200 rows a day', 200, 1_000, plain],
  ['200 rows a day, much missing', 200, 5_000, rough],
  ['5,000 rows a day', 5_000, 20_000, plain],
  ['5,000 rows a day, much missing', 5_000, 20_000, rough],
  ['1,000,000 rows a day', 1_000_000, 1_000_000, plain],
  ['1,000,000 rows a day, much missing', 1_000_000, 1_000_000, rough],
])(
  '%s, nothing changes: 50 columns, judged hourly, at most one false alert a month',
  (_name, perDay, reference, normal) => {
    const fired: string[] = [];
    for (let month = 0; month < MONTHS; month++)
      fired.push(
        ...falseAlerts({ perDay, reference, days: 30, columns: 50, normal }, random(month + perDay)),
      );
    expect(fired.length, fired.join(', ')).toBeLessThanOrEqual(MONTHS);
  },
);
