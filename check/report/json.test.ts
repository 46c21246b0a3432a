import { expect, test } from 'vitest';
import { CheckReport } from '../../contract/check.ts';
import { jsonReport } from './json.ts';
import { column, reportOf } from './report.testing.ts';

const report = reportOf([
  column('amount', 'drift', 1, {
    type: 'numeric',
    histogram: { edges: [0, 1, 2], scale: 'linear', reference: [1, 2], current: [2, 1] },
  }),
  column('id', 'skipped', 2),
]);

test('the contract describes every key that is written', () => {
  const written = JSON.parse(jsonReport(report));
  expect(CheckReport.parse(written)).toEqual(written);
});

test('the names that other programs read stay', () => {
  const written = JSON.parse(jsonReport(report));
  expect(Object.keys(written)).toEqual(
    expect.arrayContaining([
      'verdict',
      'rows',
      'duration_ms',
      'columns',
      'schema',
      'multivariate',
      'performance',
    ]),
  );
  expect(Object.keys(written.columns[0])).toEqual(
    expect.arrayContaining(['name', 'type', 'status', 'reasons', 'missing', 'score', 'tests']),
  );
  expect(Object.keys(written.columns[0].score)).toEqual(
    expect.arrayContaining(['id', 'value', 'low', 'high', 'threshold']),
  );
});
