import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Reference } from '../../contract/reference.ts';
import type { TablePreview, Upload } from '../../contract/upload.ts';
import { startTestApp, type TestApp } from '../../test/app.ts';
import type { Actor } from '../context.ts';
import { Uploads } from './uploads.ts';

let server: TestApp;
beforeAll(async () => {
  server = await startTestApp();
});
afterAll(() => server.stop());

async function send(name: string, body: string | Uint8Array<ArrayBuffer>, key = server.adminKey) {
  const reply = await fetch(`${server.address}/api/v1/uploads?name=${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' },
    body,
  });
  return { status: reply.status, body: (await reply.json()) as Upload };
}

const ask = <T>(upload: Upload, what: string, body: unknown) =>
  server.json<T>('POST', `/api/v1/uploads/${upload.id}/${what}`, body);

async function stored(upload: Upload, plan: unknown): Promise<Upload> {
  const begun = await ask<Upload>(upload, 'rows', plan);
  expect(begun.status).toBe(202);
  return vi.waitUntil(
    async () => {
      const { body } = await server.json<Upload>('GET', `/api/v1/uploads/${upload.id}`);
      return body.state === 'storing' ? undefined : body;
    },
    { timeout: 30_000, interval: 50 },
  );
}

const ROWS = Array.from(
  { length: 1200 },
  (_, i) => `L${i};${1_760_000_000 + 60 * i};${i % 3 ? 'yes' : 'no'};0,${i % 10};${20 + (i % 7)};n${i % 4}`,
);
const SCORED = gzipSync(`loan;epoch;decision;proba;age;note\n${ROWS.join('\n')}\nshort\n`);

test.each(['/api/v1/uploads?name=a.csv', '/api/v1/models/m/references/file?name=a'])(
  'the form of a browser is refused, not read as a table of its own lines: %s',
  async (path) => {
    await server.json('POST', '/api/v1/predictions', { model: 'm', prediction: 1 });
    const form = new FormData();
    form.append('file', new Blob([`a,prediction\n${'1,1\n'.repeat(30)}`]), 'a.csv');
    const reply = await fetch(server.address + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.adminKey}` },
      body: form,
    });
    expect([reply.status, await reply.json()]).toMatchObject([
      415,
      { error: { code: 'unsupported_media_type' } },
    ]);
  },
);

test('a table is looked at, understood as people say, and only then stored; twice, and it is known', async () => {
  const { status, body: upload } = await send('scored.csv.gz', SCORED);
  expect([status, upload.state, upload.bytes]).toEqual([201, 'kept', SCORED.length]);
  const plan = { model: 'uploaded', use: 'predictions', columns: { loan: 'id', note: 'ignored' } };
  const { body: preview } = await ask<TablePreview>(upload, 'preview', plan);
  expect(preview).toMatchObject({ rows: 1201, model_exists: false, events: false });
  expect(preview.columns.map(({ name, use, guessed, type }) => [name, use, guessed, type])).toEqual([
    ['loan', 'id', false, 'identifier'],
    ['epoch', 'time', true, 'time'],
    ['decision', 'prediction', true, 'boolean'],
    ['proba', 'score', true, 'numeric'],
    ['age', 'feature', false, 'numeric'],
    ['note', 'ignored', false, 'categorical'],
  ]);
  expect(preview.sample[0]).toEqual(['L0', '1760000000', 'no', '0.0', '20', 'n0']);
  expect((await server.json('GET', '/api/v1/models/uploaded')).status).toBe(404);

  const wrong = await ask(upload, 'preview', { ...plan, columns: { when: 'time' } });
  expect([wrong.status, wrong.body]).toMatchObject([400, { error: { code: 'invalid_mapping' } }]);
  const timeless = { ...plan, columns: { ...plan.columns, epoch: 'feature', decision: 'feature' } };
  const { body: warned } = await ask<TablePreview>(upload, 'preview', timeless);
  expect(warned.warnings).toMatchObject([
    { part: 'time', columns: ['epoch'] },
    { part: 'prediction', columns: [] },
  ]);

  const first = await stored(upload, plan);
  expect(first).toMatchObject({ state: 'stored', summary: { rows: 1201, predictions: { stored: 1200 } } });
  const again = await send('scored.csv.gz', SCORED);
  const second = await stored(again.body, plan);
  expect(second.summary?.predictions).toMatchObject({ stored: 0, duplicates: 1200 });
  const { body: record } = await server.json('GET', '/api/v1/models/uploaded/predictions/L7');
  expect(record).toMatchObject({ score: 0.7, prediction: 'yes', features: { age: 20 } });
});

test('the same upload becomes a reference: the id, the time and what was left out are no columns of it', async () => {
  await server.json('POST', '/api/v1/models', { id: 'referred' });
  const { body: upload } = await send('training.csv.gz', SCORED);
  const plan = { model: 'referred', columns: { loan: 'id', note: 'ignored' } };
  const { body: preview } = await ask<TablePreview>(upload, 'preview', { ...plan, use: 'reference' });
  expect(preview.warnings.map(({ part }) => part)).toEqual(['label']);
  const made = await ask<Reference>(upload, 'reference', { ...plan, name: 'training' });
  expect([made.status, made.body.columns]).toMatchObject([201, { used: 1, ignored: expect.anything() }]);
  const { body } = await server.json('GET', '/api/v1/models/referred');
  expect(body.columns.map(({ name }: { name: string }) => name)).toEqual(['_prediction', 'age']);
});

test('what is no table is said so, and an upload is seen by nobody but its sender', async () => {
  const { body: upload } = await send('broken.csv', 'PK\u0003\u0004 a workbook');
  const told = await ask(upload, 'preview', { model: 'm' });
  expect([told.status, told.body]).toMatchObject([422, { error: { code: 'unreadable_table' } }]);
  expect((await send('empty.csv', '')).status).toBe(400);
  const key = async (scopes: string[]) =>
    (await server.json('POST', '/api/v1/keys', { name: scopes.join(), scopes })).body.secret as string;
  expect((await send('a.csv', 'a\n1\n', await key(['read']))).status).toBe(403);
  const other = await server.json('GET', `/api/v1/uploads/${upload.id}`, undefined, await key(['write']));
  expect(other.status).toBe(404);
  expect((await server.json('DELETE', `/api/v1/uploads/${upload.id}`)).status).toBe(204);
});

test('a table of more columns than anybody looks at is refused before it is shown', async () => {
  const header = Array.from({ length: 5001 }, (_, i) => `c${i}`).join();
  const { body: upload } = await send('wide.csv', `${header}\n${'1,'.repeat(5000)}1\n`);
  const { status, body } = await ask<{ error: { code: string; message: string } }>(upload, 'preview', {
    model: 'm',
    use: 'predictions',
    columns: {},
  });
  expect([status, body.error.code]).toEqual([422, 'unreadable_table']);
  expect(body.error.message).toContain('5,001 columns');
  expect((await server.json('DELETE', `/api/v1/uploads/${upload.id}`)).status).toBe(204);
});

test('more than fits is refused and leaves nothing; the ones that nobody asked for longest make room', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tiltmeter-uploads-'));
  let id = 0;
  const ids = { id: () => `u${id++}` } as never;
  const uploads = await Uploads.open({ folder, clock: () => id, ids, maxBytes: 10 });
  const owner = { id: 'a' } as Actor;
  const take = (text: string) => uploads.receive(owner, 'x', Readable.from([Buffer.from(text)]), 0);
  await expect(take('more than ten')).rejects.toThrow('the file is larger than');
  expect(await readdir(folder)).toEqual([]);
  for (let i = 0; i < 9; i++) await take('a\n1\n');
  expect(() => uploads.find(owner, 'u1')).toThrow('send the file again');
  // Four of one sender, eight in all.
  expect((await readdir(folder)).length).toBe(4);
  const other = (name: string) =>
    uploads.receive({ id: name } as Actor, 'x', Readable.from([Buffer.from('a')]), 0);
  for (const name of ['b', 'b', 'c', 'c']) await other(name);
  for (let i = 0; i < 9; i++) await take('a\n1\n');
  const first = await other('d');
  expect((await readdir(folder)).length).toBe(8);
  expect(uploads.find({ id: 'd' } as Actor, first.id).name).toBe('x');
  // Of many that come at once no more are taken either.
  const bodies = Array.from({ length: 6 }, () => new Readable({ read() {} }));
  const refused: string[] = [];
  const coming = bodies.map((body) =>
    uploads
      .receive({ id: 'e' } as Actor, 'x', body, 0)
      .catch((error: { code: string }) => void refused.push(error.code)),
  );
  await vi.waitUntil(() => refused.length === 2);
  for (const body of bodies) body.push('a') && body.push(null);
  await Promise.all(coming);
  expect(refused).toEqual(['too_many_requests', 'too_many_requests']);
  await uploads.close();
  await rm(folder, { recursive: true, force: true });
});
