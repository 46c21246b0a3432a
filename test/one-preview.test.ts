import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DryRun } from '../cli/import/run-import.ts';
import { tiltmeter } from '../cli/terminal.testing.ts';
import { TableProfile } from '../contract/table-profile.ts';
import type { TablePreview, Upload } from '../contract/upload.ts';
import { startTestApp, type TestApp } from './app.ts';

let server: TestApp;
let folder: string;
beforeAll(async () => {
  server = await startTestApp();
  folder = await mkdtemp(join(tmpdir(), 'tiltmeter-one-preview-'));
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const rows = (row: (i: number) => string) => Array.from({ length: 300 }, (_, i) => row(i)).join('\n');
const day = (i: number) => String(1 + (i % 28)).padStart(2, '0');

/** Tables as nobody prepared them. */
const FILES: Record<string, Uint8Array> = {
  'customers.csv': Buffer.from(
    `Kunde;Datum;Land;Alter;Umsatz;y_pred\n${rows(
      (i) =>
        `K${1000 + i};${day(i)}.11.2026 08:00;${['Österreich', 'Schweiz'][i % 2]};${i % 20 ? 18 + (i % 60) : 'NULL'};${i},5;${['ja', 'nein'][i % 2]}`,
    )}\n`,
    'latin1',
  ),
  'scored.csv.gz': gzipSync(
    `\uFEFFid,timestamp,prediction,score,label,note\n${rows(
      (i) =>
        `a${i},2026-11-${day(i)}T00:00:00Z,${i % 2},0.${i % 10},${i % 3 ? '' : i % 2},"said ""${i}"", twice"`,
    )}\n`,
  ),
  'broken.csv': Buffer.from(`age,fare\n${rows((i) => (i % 100 === 99 ? '1,2,3,4' : `${i},NA`))}\n`),
  'large.tsv': Buffer.from(`bytes_sent\tx\n${rows((i) => `${5_682_659_882 + i}\t0.${i}`)}\n`),
  'one.csv': Buffer.from('a|b|c\n1|x|\n'),
  'records.jsonl': Buffer.from(
    rows((i) => JSON.stringify({ when: i, kind: ['a', null][i % 2], open: i % 3 === 0 })),
  ),
};

test.each(Object.keys(FILES))(
  '%s is taken for the same by the command, the upload and profile',
  async (name) => {
    const file = join(folder, name);
    await writeFile(file, FILES[name]!);
    const there = ['--url', server.address, '--key', server.adminKey];
    const dry = await tiltmeter(['import', file, '--model', 'm', '--dry-run', '--json', ...there]);
    const run = JSON.parse(dry.out) as DryRun;
    const profile = await tiltmeter(['profile', file, '--format', 'json']);
    const table = TableProfile.parse(JSON.parse(profile.out));
    const sent = await fetch(`${server.address}/api/v1/uploads?name=${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.adminKey}`, 'content-type': 'application/octet-stream' },
      body: FILES[name] as Uint8Array<ArrayBuffer>,
    });
    const { id } = (await sent.json()) as Upload;
    const plan = { model: 'm', use: 'predictions', columns: {} };
    const { body } = await server.json<TablePreview>('POST', `/api/v1/uploads/${id}/preview`, plan);

    const { parts, features, ignored, events, warnings } = run.understood;
    expect(body).toMatchObject({ rows: run.rows, unreadable_lines: run.unreadable_lines, events, warnings });
    expect(body.notes).toEqual(run.notes);
    const used = (use: string) => body.columns.filter((column) => column.use === use);
    expect(used('feature').map(({ name, type }) => ({ name, type }))).toEqual(features);
    expect(used('ignored').map((column) => column.name)).toEqual(ignored);
    const played = body.columns.filter(({ use }) => use !== 'feature' && use !== 'ignored');
    expect(
      Object.fromEntries(played.map(({ use, name: column, guessed }) => [use, { column, guessed }])),
    ).toEqual(parts);
    expect(body.rows).toBe(table.rows);
    for (const column of table.columns) {
      const shown = body.columns.find((other) => other.name === column.name)!;
      expect([name, column.name, shown.missing]).toEqual([name, column.name, column.missing.n]);
      if (shown.type !== 'identifier') expect([column.name, shown.type]).toEqual([column.name, column.type]);
    }
  },
);
