import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/app.ts';
import { tiltmeter } from '../terminal.testing.ts';

let server: TestApp;
beforeAll(async () => {
  server = await startTestApp();
});
afterAll(() => server.stop());

const run = (...args: string[]) =>
  tiltmeter(['link', ...args, '--url', server.address, '--key', server.adminKey]);

test('a link is made, listed and removed; what is no address is refused with what to do', async () => {
  const to = 'https://jaeger.example.org/trace/{trace_id}';
  expect(await run('set', 'Jaeger', '--where', 'prediction,trace', '--to', to)).toMatchObject({
    exit: 0,
    out: 'Jaeger is shown on: prediction, trace.\n',
  });
  expect((await run('list')).out).toMatch(/^name +where +to\nJaeger +prediction,trace +https:/);
  const bad = await run('set', 'Jaeger', '--where', 'model', '--to', to);
  expect(bad.exit).toBe(1);
  expect(bad.err).toContain('of a model there is no trace_id, but model, version');
  expect((await run('set', 'x', '--where', 'page', '--to', to)).err).toContain('page is none of prediction');
  expect((await run('remove', 'Jaeger')).out).toBe('Jaeger is not shown any more.\n');
  expect((await run('list')).out).toBe('No links.\n');
});

test('presets are listed with the values of each page, without a server', async () => {
  const { out, exit } = await tiltmeter(['link', 'presets']);
  expect(exit).toBe(0);
  expect(out).toMatch(/^jaeger +prediction,trace +https:\/\/jaeger\.example\.org\/trace\/\{trace_id\}$/m);
  expect(out).toMatch(/^incident +\{model\}/m);
});
