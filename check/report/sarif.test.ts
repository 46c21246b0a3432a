import { expect, test } from 'vitest';
import { z } from 'zod';
import { column, HOSTILE, reportOf } from './report.testing.ts';
import { sarifReport } from './sarif.ts';

/** What SARIF 2.1.0 requires of what we write, and what GitHub requires besides. */
const Sarif = z.object({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.object({
        tool: z.object({
          driver: z.object({
            name: z.string().min(1),
            rules: z.array(
              z.object({ id: z.string(), shortDescription: z.object({ text: z.string().min(1) }) }),
            ),
          }),
        }),
        results: z.array(
          z.object({
            ruleId: z.string(),
            ruleIndex: z.number().int().nonnegative(),
            level: z.enum(['none', 'note', 'warning', 'error']),
            message: z.object({ text: z.string().min(1) }),
            locations: z
              .array(
                z.object({
                  physicalLocation: z.object({
                    artifactLocation: z.object({ uri: z.string().regex(/^[^\s"<>|]+$/) }),
                    region: z.object({ startLine: z.number().int().min(1) }),
                  }),
                }),
              )
              .min(1),
            partialFingerprints: z.record(z.string(), z.string()),
          }),
        ),
      }),
    )
    .length(1),
});
const parsed = (report: Parameters<typeof sarifReport>[0]) =>
  Sarif.parse(JSON.parse(sarifReport(report))).runs[0]!;

test('a result for each finding, of a rule that is listed; what is ok has none', () => {
  const columns = [
    column('age', 'drift', 1),
    column('country', 'quality', 2),
    column('few', 'not_enough_data', 3, { reasons: ['too few values'] }),
    column('fine', 'ok', 4),
    column('id', 'skipped', 5),
  ];
  const { results, tool } = parsed(
    reportOf(columns, {
      schema: { added: ['new'], removed: ['gone'], retyped: [] },
      multivariate: {
        domain_classifier_auc: 0.9,
        low: 0.88,
        high: 0.92,
        drift: true,
        threshold: 0.65,
        columns: [],
      },
    }),
  );
  expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
    ['schema', 'error'],
    ['drift', 'error'],
    ['quality', 'error'],
    ['not_enough_data', 'note'],
    ['rows_as_a_whole', 'error'],
  ]);
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
  expect(results[1]!.message.text).toMatch(/^age: "a" went from 50 %/);
});

test('paths of the checkout stay relative, others are whole addresses', () => {
  const at = (current: string) =>
    parsed(reportOf([column('a', 'drift', 1)], { sources: { reference: 'r', current } })).results[0]!
      .locations[0]!.physicalLocation.artifactLocation.uri;
  expect(at('data/day 1.csv')).toBe('data/day%201.csv');
  expect(at('/var/data/day 1.csv')).toBe('file:///var/data/day%201.csv');
});

test('names are text, whatever is in them', () => {
  const { results } = parsed(reportOf(HOSTILE.map((name, i) => column(name, 'drift', i + 1))));
  expect(results).toHaveLength(HOSTILE.length);
});

test('what moved a little is a warning; rows that repeat beyond the limit are an error', () => {
  const { results } = parsed(
    reportOf([column('little', 'shift', 1, { reasons: ['moved, small: "a" went from 30 % to 35 %'] })], {
      multivariate: {
        ...{ domain_classifier_auc: 0.5, low: 0.48, high: 0.52, drift: false, threshold: 0.65, columns: [] },
        repeated: { reference: 0, current: 0.1, low: 0.08, high: 0.12, shared: 0, status: 'quality' },
        dependence: {
          pairs: 3,
          changed: [
            {
              columns: ['age', 'income'],
              measure: 'rank_correlation',
              ...{ reference: 0.6, current: 0.3, n: { reference: 100, current: 100 }, q: 1e-6 },
            },
          ],
        },
      },
    }),
  );
  expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
    ['shift', 'warning'],
    ['repeated_rows', 'error'],
    ['dependence', 'warning'],
  ]);
  expect(results[2]!.message.text).toContain('"age" and "income" do not go together as before');
});
