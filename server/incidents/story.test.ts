import { expect, test } from 'vitest';
import { KINDS } from '../monitors/kinds/index.ts';
import type { Fact } from './fact.ts';
import { priorityOf, tell } from './story.ts';
import { fact } from './test-facts.ts';
import { listed, moment } from './title.ts';

const SINCE = Date.UTC(2026, 2, 14, 8);

const titles: [string, Fact[], string][] = [
  [
    'one kind, one column',
    [fact('missing', 'income')],
    'Missing values in income since 14 Mar 2026, 08:00 UTC',
  ],
  [
    'harm before its explanation',
    [
      fact('drift', 'age', { severity: 'ticket' }),
      fact('performance', '', { metric: 'mae', value: 41.23, baseline: 28.91 }),
    ],
    'Mean absolute error rose to 41.2 (reference 28.9), with input drift in age, since 14 Mar 2026, 08:00 UTC',
  ],
  [
    'many columns, the strongest first',
    ['a', 'b', 'c', 'd', 'e'].map((column, i) => fact('drift', column, { value: 0.2 + i / 10 })),
    'Input drift in e, d and 3 more columns since 14 Mar 2026, 08:00 UTC',
  ],
  [
    'the drift of a broken column goes without saying',
    [fact('missing', 'income'), fact('drift', 'income'), fact('drift', 'age')],
    'Missing values in income, with input drift in age, since 14 Mar 2026, 08:00 UTC',
  ],
  [
    'of what explains it, the most important column first',
    [
      fact('performance', '', { metric: 'accuracy', value: 0.71, baseline: 0.9 }),
      fact('range', 'month', { value: 1, importance: 0.01 }),
      fact('drift', 'temp', { value: 0.7, importance: 0.6 }),
    ],
    'Accuracy fell to 0.71 (reference 0.9), with input drift in temp and more, since 14 Mar 2026, 08:00 UTC',
  ],
  [
    'more than two kinds',
    [fact('missing', 'income'), fact('drift', 'age'), fact('prediction_drift', '')],
    'Missing values in income, with input drift in age and more, since 14 Mar 2026, 08:00 UTC',
  ],
  [
    'an acronym stays one',
    [
      fact('error_rate', '', { value: 0.123 }),
      fact('latency', '', { metric: 'p99', value: 812.4, baseline: 90 }),
    ],
    'Errors in 12.3 % of answers, with latency p99 at 812 ms (reference 90 ms), since 14 Mar 2026, 08:00 UTC',
  ],
];
test.each(titles)('title: %s', (_name, facts, title) => {
  expect(tell(facts, SINCE).title).toBe(title);
});

test('every kind of monitor has words for it', () => {
  for (const kind of KINDS)
    expect(tell([fact(kind.id, 'x')], SINCE).title).toMatch(/^\S.* since 14 Mar 2026, 08:00 UTC$/);
});

const priorities: [string, Fact[], string][] = [
  ['drift alone is a ticket', [fact('drift', 'age', { severity: 'ticket' })], 'P3'],
  ['lost quality', [fact('performance', '')], 'P1'],
  ['errors', [fact('error_rate', '')], 'P1'],
  ['nothing arrives', [fact('freshness', '')], 'P1'],
  ['slow answers', [fact('latency', '')], 'P2'],
  ['broken data, importance unknown', [fact('missing', 'income')], 'P2'],
  [
    'broken data in a column that matters',
    [fact('missing', 'income', { importance: 0.3, prominence: 3 })],
    'P2',
  ],
  [
    'broken data in a column that does not',
    [fact('missing', 'income', { importance: 0.001, prominence: 0.01 })],
    'P3',
  ],
  [
    'broken data in most of what the model goes by',
    ['a', 'b', 'c'].map((column) =>
      fact('missing', column, { importance: 0.25, prominence: 2, value: 0.9, baseline: 0 }),
    ),
    'P1',
  ],
  [
    'a few rows of the same, or as much in several models',
    ['a', 'b', 'c'].map((column) =>
      fact('missing', column, { importance: 0.3, prominence: 2, value: 0.9, baseline: 0, model: column }),
    ),
    'P2',
  ],
  ['what its owner called a ticket', [fact('performance', '', { severity: 'ticket' })], 'P3'],
  [
    'the worst of all counts',
    [fact('drift', 'a', { severity: 'ticket' }), fact('latency', ''), fact('error_rate', '')],
    'P1',
  ],
];
test.each(priorities)('priority: %s', (_name, facts, priority) => {
  expect(priorityOf(facts)).toBe(priority);
});

test('without evidence, causes are what alerts suggest, each with a confidence of its own', () => {
  const { causes } = tell(
    [
      fact('drift', 'a', { value: 0.5 }),
      fact('missing', 'b', { value: 0.9 }),
      fact('drift', 'b', { value: 0.9 }),
    ],
    SINCE,
  );
  expect(causes.map(({ kind, column }) => `${kind} ${column}`)).toEqual([
    'missing_values b',
    'covariate_shift a',
  ]);
  expect(causes[0]).toMatchObject({
    sentence: 'Missing values in b.',
    advice: expect.stringContaining('Find the step'),
  });
});

test('effects alone have no cause', () => {
  expect(tell([fact('performance', ''), fact('prediction_drift', '')], SINCE).causes).toEqual([]);
});

test('names and moments', () => {
  expect(listed([])).toBe('');
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
  expect(moment(SINCE)).toBe('14 Mar 2026, 08:00 UTC');
});
