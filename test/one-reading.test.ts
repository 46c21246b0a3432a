import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tiltmeter } from '../cli/terminal.testing.ts';
import { TableProfile } from '../contract/table-profile.ts';
import { profileAs } from '../server/profiles/profile.ts';
import { EVER, readColumns } from '../server/profiles/read/read-profiles.ts';
import { referenceProfiles } from '../server/profiles/references/resolve.ts';
import { startTestApp, type TestApp } from './app.ts';

let server: TestApp;
let folder: string;
beforeAll(async () => {
  server = await startTestApp();
  folder = await mkdtemp(join(tmpdir(), 'tiltmeter-one-reading-'));
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const N = 400;
/** Columns as files have them: what `check` takes each for, and what the model has it as. */
const COLUMNS: Record<string, { cell: (i: number) => string; check: string; model: string }> = {
  workclass: {
    cell: (i) => ['Private', '?', 'State', 'NA'][i % 4]!,
    check: 'categorical',
    model: 'categorical',
  },
  power: { cell: (i) => (i % 50 ? `${(i * 7) % 90}.5` : '?'), check: 'numeric', model: 'numeric' },
  gaps: {
    cell: (i) => (i % 3 ? `${(i * 13) % 71}.25` : ['NA', '', 'NaN'][(i % 9) % 3]!),
    check: 'numeric',
    model: 'numeric',
  },
  zip: { cell: (i) => ['02139', '10001', '94110'][i % 3]!, check: 'categorical', model: 'categorical' },
  member: { cell: (i) => ['True', 'False'][i % 2]!, check: 'boolean', model: 'boolean' },
  answer: { cell: (i) => ['yes', 'no'][i % 2]!, check: 'boolean', model: 'boolean' },
  flag: { cell: (i) => `${i % 2}`, check: 'boolean', model: 'boolean' },
  large: { cell: (i) => `${1 + (i % 9)}e5`, check: 'numeric', model: 'numeric' },
  opened: {
    cell: (i) => `2026-01-${String(1 + (i % 28)).padStart(2, '0')}`,
    check: 'time',
    model: 'time',
  },
  agreed: { cell: (i) => ['TRUE', 'no'][i % 2]!, check: 'boolean', model: 'boolean' },
  note: { cell: (i) => ['"a, b "', ' plain', ''][i % 3]!, check: 'categorical', model: 'categorical' },
};
const names = Object.keys(COLUMNS);

test('one file as reference, as import and under check: the same types, missing and invalid values, categories', async () => {
  const rows = Array.from({ length: N }, (_, i) => names.map((name) => COLUMNS[name]!.cell(i)).join(','));
  const file = join(folder, 'training.csv');
  await writeFile(file, `${names.join(',')}\n${rows.join('\n')}\n`);
  const there = ['--url', server.address, '--key', server.adminKey];
  await server.json('POST', '/api/v1/models', { id: 'one' });
  expect(await tiltmeter(['reference', 'add', file, '--model', 'one', ...there])).toMatchObject({
    err: '',
    exit: 0,
  });
  // every column is a feature, also one that looks like a part
  const importing = (model: string) => tiltmeter(['import', file, '--model', model, '--no-guess', ...there]);
  expect((await importing('one')).exit).toBe(0);
  // without a reference the import alone settles the types
  expect((await importing('alone')).exit).toBe(0);
  await server.app.runJob('models');
  // once it is known that they are booleans, they are read as before
  const again = ['import', file, '--model', 'alone', '--no-guess', '--dry-run', '--json', ...there];
  const { first } = JSON.parse((await tiltmeter(again)).out);
  expect(first.prediction.features).toMatchObject({ agreed: 'TRUE', answer: 'yes', flag: 0, member: true });

  const { ctx } = server.app;
  const reference = (await referenceProfiles(ctx, 'one', 'training.csv', { at: 0 })).profiles;
  const printed = await tiltmeter(['profile', file, '--format', 'json']);
  const table = TableProfile.parse(JSON.parse(printed.out));
  for (const model of ['one', 'alone']) {
    const { body } = await server.json('GET', `/api/v1/models/${model}`);
    const types = body.columns.map(({ name, type }: { name: string; type: string }) => [name, type]);
    expect(Object.fromEntries(types)).toEqual(
      Object.fromEntries(names.map((name) => [name, COLUMNS[name]!.model])),
    );
    const imported = await readColumns(ctx, { model, ...EVER });
    for (const name of names) {
      const now = imported.get(name)!;
      // A file counts numbers as codes besides.
      const before = profileAs(now.min === null ? 'categorical' : 'numeric', reference.get(name)!)!;
      const seen = table.columns.find((column) => column.name === name)!;
      expect([name, seen.type]).toEqual([name, COLUMNS[name]!.check]);
      const { n, missing, invalid, counts, min, max } = before;
      expect({ name, n, missing, invalid, min, max }).toEqual({
        name,
        n: now.n,
        missing: now.missing,
        invalid: now.invalid,
        min: now.min,
        max: now.max,
      });
      expect([name, [...counts].sort()]).toEqual([name, [...now.counts].sort()]);
      expect([name, missing]).toEqual([name, seen.missing.n]);
    }
  }
});
