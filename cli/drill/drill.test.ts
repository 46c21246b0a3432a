import { expect, test } from 'vitest';
import { HYPOTHESES } from '../../server/incidents/causes/index.ts';
import { FAULTS } from './faults/index.ts';
import { lengthOf } from './replayed.ts';
import { drillReport } from './report.ts';
import { stopsOf } from './run-drill.ts';
import { matrix } from './scenario.ts';
import type { Outcome } from './score.ts';

test('faults have the names of causes', () => {
  const causes = HYPOTHESES.map(({ kind }) => kind);
  expect(FAULTS.map(({ kind }) => kind).filter((kind) => !causes.includes(kind))).toEqual([]);
});

test('the matrix has every combination once, and no innocent version beside a guilty one', () => {
  const scenarios = matrix({
    tables: ['t'],
    faults: FAULTS,
    shapes: ['abrupt'],
    innocent: [false, true],
    clean: 1,
    seed: 1,
  });
  expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length);
  expect(scenarios.filter(({ fault, innocent }) => fault?.kind === 'new_version' && innocent)).toEqual([]);
  expect(scenarios.filter(({ fault }) => fault === null)).toHaveLength(1);
});

test('a replay is so long that its fault can be told: two weeks before a change of volume, a day of another mix', () => {
  const length = { clean: 28, faulty: 6, rows: 250 };
  const of = (kind: string) => lengthOf({ fault: FAULTS.find((fault) => fault.kind === kind)! }, length);
  expect(of('unit_change')).toEqual(length);
  expect(of('volume_change').clean).toBeGreaterThan(14 * 24);
  expect(of('traffic_mix').faulty).toBeGreaterThan(24);
  expect(lengthOf({ fault: null }, length)).toEqual(length);
});

test('the server decides every other bucket from the onset on, once a day before, and at the end', () => {
  expect(stopsOf({ clean: 28, faulty: 4 })).toEqual([28, 30, 32]);
  expect(stopsOf({ clean: 360, faulty: 16 }).slice(12, 18)).toEqual([312, 336, 360, 362, 364, 366]);
  expect(stopsOf({ clean: 720, faulty: 16 }).at(-1)).toBe(736);
});

test('the report counts what was found, named right, told, and blamed', () => {
  const [scenario] = matrix({
    tables: ['t'],
    faults: FAULTS.slice(0, 1),
    shapes: ['abrupt'],
    innocent: [true],
    clean: 0,
    seed: 1,
  });
  const outcome: Outcome = {
    ...{
      scenario: scenario!,
      columns: ['a'],
      found: true,
      delay: 2,
      decidable: 1,
      incidents: 1,
      falseIncidents: 0,
      notifications: 2,
      told: [],
      ofItself: [],
    },
    ...{
      causes: [{ kind: 'new_version', columns: [], confidence: 0.6, sentence: '' }],
      place: null,
      title: '',
      alerts: ['missing a'],
    },
  };
  const report = drillReport([
    outcome,
    {
      ...outcome,
      causes: [{ kind: 'missing_values', columns: ['a'], confidence: 0.9, sentence: '' }],
      place: 1,
    },
  ]);
  expect(report).toContain(
    '| all | 2 | 2 of 2 (100 %, 34 to 100) | 2 | 2 of 2 (100 %, 34 to 100) | 1 of 2 (50 %, 9 to 91) | 1 of 2 (50 %, 9 to 91) | 2 of 2 (100 %, 34 to 100) | 2 of 2 (100 %, 34 to 100) |',
  );
  expect(report).toContain('named as the cause in 1 of 2 (50 %, 9 to 91)');
});
