/**
 * `npm run bench:drill -- [--faults unit_change,stuck_value] [--tables adult,elec2] [--shapes abrupt,gradual] [--innocent both] [--rows 250] [--seed 1] [--folder ../shared/data]`:
 * the matrix of faults over real tables, each planted into a replay of its own. `--diagnosis-alone`: without a
 * server, alerts taken as they would be. `--monitors-alone`: without one, too, when the monitors of columns and answers tell what. `--fit --seed 101,202`: without a server, too; the map of confidence is fitted on all tables but one and held
 * against that one, each in turn. `--faults none --clean 1 --buckets 720`: a month of each table in which
 * nothing breaks. `--lines FILE`: each scenario's outcome is a line of that file as soon as it is scored, in an order in which what is there is a fair sample; those that it
 * has are not run again, and the report is of all of them. `--only adult-3-unit_change,…`: these scenarios of the matrix alone. `--together 6`: so many models beside each other. Prints Markdown.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { FAULTS } from '../cli/drill/faults/index.ts';
import { drillReport } from '../cli/drill/report.ts';
import { runDrill } from '../cli/drill/run-drill.ts';
import { interleaved, matrix, type Shape } from '../cli/drill/scenario.ts';
import { benchTables } from '../cli/drill/tables.ts';
import { casesOf, diagnosisAlone } from './drill/diagnosis.ts';
import { offered } from './drill/fit-confidence.ts';
import { fitReport } from './drill/fit-report.ts';
import { linesOf } from './drill/lines.ts';
import { monitorsAlone } from './drill/monitors.ts';

const { values: asked } = parseArgs({
  options: {
    faults: { type: 'string', default: FAULTS.map(({ kind }) => kind).join(',') },
    tables: { type: 'string', default: '' },
    shapes: { type: 'string', default: 'abrupt,gradual' },
    innocent: { type: 'string', default: 'both' },
    rows: { type: 'string', default: '250' },
    clean: { type: 'string', default: '2' },
    buckets: { type: 'string', default: '28' },
    seed: { type: 'string', default: '1' },
    folder: { type: 'string' },
    'diagnosis-alone': { type: 'boolean', default: false },
    'monitors-alone': { type: 'boolean', default: false },
    fit: { type: 'boolean', default: false },
    json: { type: 'string' },
    lines: { type: 'string' },
    only: { type: 'string', default: '' },
    together: { type: 'string', default: '24' },
  },
});
const tables = (await benchTables(asked.folder)).filter(
  ({ name }) => asked.tables === '' || asked.tables.split(',').includes(name),
);
const began = performance.now();
const scenariosOf = (seed: number) =>
  matrix({
    tables: tables.map(({ name }) => name),
    faults: FAULTS.filter(({ kind }) => asked.faults.split(',').includes(kind)),
    shapes: asked.shapes.split(',') as Shape[],
    innocent: asked.innocent === 'both' ? [false, true] : [asked.innocent === 'yes'],
    clean: Number(asked.clean),
    seed,
  });
const every = asked.seed
  .split(',')
  .map(Number)
  .flatMap(scenariosOf)
  .filter(({ id }) => asked.only === '' || asked.only.split(',').includes(id));
const lines = asked.lines === undefined ? null : await linesOf(asked.lines);
const scenarios = lines === null ? every : interleaved(lines.without(every), every.length);
const whole = {
  app: { port: 0 },
  length: { clean: Number(asked.buckets), faulty: 16, rows: Number(asked.rows) },
  tables,
  together: Number(asked.together),
  scored: lines?.add,
  now: Date.now(),
  progress: (done: number) =>
    process.stderr.write(
      `${done} of ${scenarios.length} after ${Math.round((performance.now() - began) / 1000)} s\n`,
    ),
};
if (asked.fit) console.log(fitReport(Array.from(casesOf(scenarios, tables), offered).flat()));
else {
  const outcomes = asked['diagnosis-alone']
    ? diagnosisAlone(scenarios, tables)
    : asked['monitors-alone']
      ? monitorsAlone(scenarios, tables, whole.length)
      : await runDrill(scenarios, whole);
  if (asked.json !== undefined) await writeFile(asked.json, JSON.stringify(outcomes, null, 1));
  console.log(drillReport([...(lines?.had ?? []), ...outcomes]));
}
