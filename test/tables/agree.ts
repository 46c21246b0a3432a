import { expect } from 'vitest';
import type { createWorld } from '../../check/world.testing.ts';
import { tiltmeter } from '../../cli/terminal.testing.ts';
import { CheckReport } from '../../contract/check.ts';
import { counted } from '../../contract/counted.ts';
import type { Model } from '../../contract/model.ts';
import { FEATURE_NAME } from '../../contract/name.ts';
import { REFERENCE_ROWS } from '../../contract/reference.ts';
import { TableProfile } from '../../contract/table-profile.ts';
import { EVER, readColumns } from '../../server/profiles/read/read-profiles.ts';
import { referenceProfiles } from '../../server/profiles/references/resolve.ts';
import { literal } from '../../tables/engine/sql.ts';
import { identifier } from '../../tables/identifier.ts';
import type { TestApp } from '../app.ts';
import { type GeneratedTable, objectsOf, textOf } from './generate.ts';

/** How the model may store a column of each type: words of yes and no are text, 0 and 1 numbers, times either. */
const AS: Readonly<Record<string, readonly string[]>> = {
  numeric: ['number'],
  boolean: ['boolean', 'text', 'number'],
  categorical: ['text'],
  text: ['text'],
  time: ['text', 'number'],
};

/** Writes a generated table as the file that it is. */
export async function written(
  world: ReturnType<typeof createWorld>,
  table: GeneratedTable,
  name: string,
): Promise<string> {
  const { format, compression } = table;
  if (format !== 'parquet' && format !== 'arrow')
    return world.write(`${name}.${format === 'csv' ? 'csv' : 'json'}${compression}`, textOf(table));
  const path = world.path(`${name}.${format}`);
  const unique = new Map(table.columns.map((column) => [column.name, column]));
  const structure = [...unique.values()]
    .map((column) => `${identifier(column.name)} Nullable(${column.type})`)
    .join(', ');
  const lines = objectsOf(table)
    .map((object) => JSON.stringify(object))
    .join('\n');
  const settings =
    "SETTINGS input_format_json_read_numbers_as_strings=1, input_format_json_read_bools_as_strings=1, date_time_input_format='best_effort'";
  await world.engine.rows(
    `INSERT INTO FUNCTION file(${literal(path)}, '${format === 'parquet' ? 'Parquet' : 'Arrow'}') SELECT * FROM format(JSONEachRow, ${literal(structure)}, ${literal(lines)}) ${settings}`,
  );
  world.closeEngine();
  return path;
}

/** Check, profile, import and reference add of one file: none crashes, and all find the same types and missing values. */
export async function mustAgree(server: TestApp, file: string, rows: number, name: string): Promise<void> {
  const there = ['--url', server.address, '--key', server.adminKey];
  const run = async (...args: string[]) => {
    const done = await tiltmeter(args);
    expect(done.err, args.join(' ')).not.toMatch(/defect|\n\s+at |undefined|DB::|\[object/);
    return done;
  };
  const said = await run('profile', file, '--json');
  expect([said.exit, said.err], file).toEqual([0, '']);
  const profile = TableProfile.parse(JSON.parse(said.out));
  expect(profile.rows).toBe(rows);

  const compared = await run('check', file, '--reference', file, '--json', '--tests', 'all');
  if (compared.exit !== 0) {
    // A table whose every column is left out cannot be compared.
    expect(compared.err, file).toMatch(/have no column that can be compared/);
  } else {
    const report = CheckReport.parse(JSON.parse(compared.out));
    const seen = report.columns.map((column) => [column.name, column.type, column.missing.current]);
    expect(seen).toEqual(profile.columns.map((column) => [column.name, column.type, column.missing.share]));
  }

  const sent = await run('import', file, '--model', name, '--no-guess', '--json', ...there);
  expect([sent.exit, file]).toEqual([0, file]);
  expect(JSON.parse(sent.out)).toMatchObject({ rows, predictions: { received: rows, rejected_total: 0 } });
  await server.app.runJob('models');
  const imported = await readColumns(server.app.ctx, { model: name, ...EVER });
  const types = await typesOf(server, name);
  const features = profile.columns.filter((column) => FEATURE_NAME.test(column.name));
  for (const column of features) {
    if (column.n === 0) continue;
    expect([column.name, column.type, types.get(column.name)]).toEqual([
      column.name,
      column.type,
      expect.toSatisfy((type) => AS[column.type]!.includes(type)),
    ]);
    expect([column.name, imported.get(column.name)?.missing]).toEqual([column.name, column.missing.n]);
  }

  const reference = `${name}-r`;
  await server.json('POST', '/api/v1/models', { id: reference });
  const added = await run(
    'reference',
    'add',
    file,
    '--model',
    reference,
    '--name',
    'f',
    '--no-guess',
    ...there,
  );
  if (rows < REFERENCE_ROWS) {
    expect(added.err).toContain(`the file has ${counted(rows, 'row')};`);
    return;
  }
  if (features.every(({ n }) => n === 0)) {
    expect(added.err).toMatch(
      /no column (in common|of the file (that is not left out )?has a value|that can be)/,
    );
    return;
  }
  expect([added.exit, added.err, file]).toEqual([0, '', file]);
  const { profiles } = await referenceProfiles(server.app.ctx, reference, 'f', { at: 0 });
  const referred = await typesOf(server, reference);
  for (const column of features) {
    if (column.n === 0) continue;
    expect([column.name, referred.get(column.name)]).toEqual([column.name, types.get(column.name)]);
    expect([column.name, profiles.get(column.name)?.missing]).toEqual([column.name, column.missing.n]);
  }
}

async function typesOf(server: TestApp, model: string): Promise<Map<string, string>> {
  const { body } = await server.json('GET', `/api/v1/models/${model}`);
  // What was recognised is stored as it came.
  const stored = ({ name, type, stored_as, recognised }: Model['columns'][number]) =>
    [name, type === 'boolean' && recognised === null ? type : stored_as] as const;
  return new Map(body.columns.map(stored));
}
