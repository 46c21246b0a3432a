import { afterAll, beforeAll, test } from 'vitest';
import { createWorld } from '../../check/world.testing.ts';
import { startTestApp, type TestApp } from '../app.ts';
import { mustAgree, written } from './agree.ts';
import { generatedTables } from './generate.ts';

/** Each of the generated tables through check, profile, import and reference add: no crash, and one reading. */
const world = createWorld();
let server: TestApp;
beforeAll(async () => {
  server = await startTestApp();
});
afterAll(() => server.stop());

test.each(
  generatedTables(200).map((table, i) => {
    const kinds = table.columns.map(({ kind }) => kind).join(', ');
    return [`${i}: ${table.rows} rows of ${table.format}${table.compression}: ${kinds}`, i, table] as const;
  }),
)('%s', { timeout: 120_000 }, async (_, i, table) => {
  const file = await written(world, table, `t${i}`);
  await mustAgree(server, file, table.rows, `t${i}`);
});
