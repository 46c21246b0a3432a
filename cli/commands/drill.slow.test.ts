import { expect, test } from 'vitest';
import { FAULTS } from '../drill/faults/index.ts';
import { runDrill } from '../drill/run-drill.ts';
import { matrix } from '../drill/scenario.ts';
import { tableOf } from '../drill/tables.ts';

test('a changed unit, through the whole server: one incident, its cause named, beside a replay in which nothing is told', async () => {
  const table = await tableOf('adult', undefined, []);
  const faults = FAULTS.filter(({ kind }) => kind === 'unit_change');
  const scenarios = matrix({
    tables: [table.name],
    faults,
    shapes: ['abrupt'],
    innocent: [true],
    clean: 1,
    seed: 3,
  });
  const outcomes = await runDrill(scenarios, {
    app: { port: 0 },
    length: { clean: 28, faulty: 6, rows: 250 },
    tables: [table],
    now: Date.now(),
  });
  const planted = outcomes.filter(({ scenario }) => scenario.fault !== null);
  expect(planted.map(({ found, incidents, causes }) => [found, incidents, causes[0]?.kind])).toEqual(
    planted.map(() => [true, 1, 'unit_change']),
  );
  expect(outcomes.at(-1)).toMatchObject({ incidents: 0, falseIncidents: 0 });
}, 600_000);
