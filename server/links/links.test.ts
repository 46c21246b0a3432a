import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';

let tilt: TestApp;
let reader: string;
beforeAll(async () => {
  tilt = await startTestApp();
  const made = await tilt.json('POST', '/api/v1/keys', { name: 'screen', scopes: ['read', 'write'] });
  reader = made.body.secret;
});
afterAll(() => tilt?.stop());

const url = 'https://jaeger.example.org/trace/{trace_id}';
const put = (name: string, body: unknown, key?: string) =>
  tilt.json('PUT', `/api/v1/links/${encodeURIComponent(name)}`, body, key);
const list = async () => (await tilt.json('GET', '/api/v1/links', undefined, reader)).body.items;

test('a link is made, changed by its name, read by whoever may read, and removed; each is in the audit log', async () => {
  expect(await put('Jäger/1', { where: ['trace', 'trace'], url })).toMatchObject({
    status: 200,
    body: { name: 'Jäger/1', where: ['trace'], url },
  });
  await put('Jäger/1', { where: ['prediction', 'trace'], url: `${url}?uiEmbed=v0` });
  expect(await list()).toEqual([
    { name: 'Jäger/1', where: ['prediction', 'trace'], url: `${url}?uiEmbed=v0` },
  ]);
  expect((await tilt.json('DELETE', '/api/v1/links/J%C3%A4ger%2F1')).status).toBe(204);
  expect(await list()).toEqual([]);
  expect((await tilt.json('DELETE', '/api/v1/links/J%C3%A4ger%2F1')).status).toBe(404);
  const { items } = (await tilt.json('GET', '/api/v1/audit?limit=10')).body;
  expect(
    items
      .filter(({ target }: { target: string }) => target === 'Jäger/1')
      .map(({ action }: { action: string }) => action),
  ).toEqual(['link.delete', 'link.set', 'link.set']);
});

test('only admins set links', async () => {
  expect((await put('a', { where: ['trace'], url }, reader)).status).toBe(403);
  expect((await tilt.json('DELETE', '/api/v1/links/a', undefined, reader)).status).toBe(403);
});

test.each([
  ['javascript:alert(1)', ['trace']],
  ['https://{service}/x', ['trace']],
  [url, ['trace', 'model']],
  [url, []],
  [url, ['page']],
  [`https://x.org/${'a'.repeat(2048)}`, ['trace']],
])('%s on %j is refused and leaves what is there', async (bad, where) => {
  await put('kept', { where: ['trace'], url });
  const { status, body } = await put('kept', { where, url: bad });
  expect([status, body.error.code]).toEqual([400, 'invalid_request']);
  expect(await list()).toContainEqual({ name: 'kept', where: ['trace'], url });
});

test('there are at most fifty', async () => {
  const made = await Promise.all(
    Array.from({ length: 55 }, (_, i) => put(`n${i}`, { where: ['trace'], url })),
  );
  expect(made.filter(({ status }) => status === 400).length).toBeGreaterThanOrEqual(5);
  expect(await list()).toHaveLength(50);
});
