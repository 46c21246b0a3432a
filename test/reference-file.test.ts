import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';

let server: TestApp;
beforeAll(async () => {
  server = await startTestApp();
});
afterAll(() => server.stop());

/** The process that reads a reference file; undefined until there is one. */
async function reader(): Promise<number | undefined> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  const line = stdout
    .split('\n')
    .find((each) => each.includes('references/file/child.ts') && each.includes(` ${process.pid} `));
  return line === undefined ? undefined : Number(line.trim().split(/\s+/)[0]);
}

test('while a large reference file is read, others get their answers', async () => {
  await server.json('POST', '/api/v1/models', { id: 'large' });
  const row = (i: number) => `${i % 997},${(i * 7919) % 10_007},${['FR', 'DE', 'PT'][i % 3]}`;
  const csv = `a,b,c\n${Array.from({ length: 60_000 }, (_, i) => row(i)).join('\n')}\n`;
  let answered = false;
  const upload = fetch(`${server.address}/api/v1/models/large/references/file?name=training`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.adminKey}`, 'content-type': 'text/csv' },
    body: csv,
  }).finally(() => {
    answered = true;
  });
  let pid = await reader();
  while (pid === undefined && !answered) pid = await reader();
  // It stands still in the middle of its work: whatever is answered now did not wait for it.
  process.kill(pid!, 'SIGSTOP');
  const prediction = { model: 'other', id: '1', features: { x: 1 } };
  expect((await server.json('POST', '/api/v1/predictions', prediction)).status).toBe(200);
  expect((await server.json('GET', '/healthz', undefined, null)).status).toBe(200);
  expect(answered).toBe(false);
  process.kill(pid!, 'SIGCONT');
  const reply = await upload;
  expect(reply.status).toBe(201);
  expect(((await reply.json()) as { options: object }).options).toEqual({
    rows: 60_000,
    rejected: 0,
    ignored: [],
  });
});
