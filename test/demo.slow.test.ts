import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { run } from '../cli/run.ts';

const KEY = 'a-key-for-automation-0123456789';

test('the demo takes the admin key of the environment, ends by itself and tells what is true of its data', async () => {
  let out = '';
  let asked: Promise<Response> | undefined;
  const stdout = new PassThrough().on('data', (chunk) => {
    out += chunk;
    const address = /listens on (http\S+)/.exec(out)?.[1];
    if (address !== undefined)
      asked ??= fetch(`${address}/api/v1/models`, { headers: { authorization: `Bearer ${KEY}` } });
  });
  const stderr = new PassThrough().resume();
  const exit = await run(['demo', '--once', '--speed', 'max', '--port', '0'], {
    env: { TILTMETER_ADMIN_KEY: KEY },
    clock: Date.now,
    stdout,
    stderr,
  });
  expect((await asked)?.status).toBe(200);
  expect(exit).toBe(0);
  expect(out).toMatch(/26842 predictions and \d+ labels stored and judged in .* none rejected/);
  // The service grew by 63 % after the model was trained.
  expect(out).toMatch(/P1 {2}bike-demand: Mean absolute error rose to \d+ \(reference 22/);
  // Persons outside the private sector came, whose employment the model had never seen.
  expect(out).toMatch(/income-check: .*workclass/);
});
