import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { run } from '../cli/run.ts';

const KEY = 'a-key-for-automation-0123456789abcdef';
const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-demo-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

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
  expect(out).toMatch(/\d{5} predictions and \d{5} labels stored and judged in .* none rejected/);
  // The service grew by 63 % after the model was trained: it was wrong more and more, as more people came.
  expect(out).toMatch(/P1 {2}bike-demand: Mean absolute error rose to \d+ \(reference 22/);
  expect(out).toMatch(/Labels: Shifted up by \d\.\d σ.*; JS distance/);
  // Persons outside the private sector came, whose employment the model had never seen.
  expect(out).toMatch(/income-check: .*workclass/);
});

test('the demo is of the present, and goes on after the replay until it is stopped', async () => {
  const main = join(import.meta.dirname, '../cli/main.ts');
  const args = [main, 'demo', '--port', '0', '--speed', 'max', '--data', folder];
  const demo = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, TILTMETER_ADMIN_KEY: KEY },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => demo.once('exit', resolve));
  try {
    let out = '';
    await new Promise<void>((resolve) => {
      demo.stdout.on('data', (chunk) => {
        out += chunk;
        if (out.includes('Ctrl-C ends the demo')) resolve();
      });
      void ended.then(() => resolve());
    });
    const address = /listens on (\S+)/.exec(out)![1];
    const newest = async () => {
      const headers = { authorization: `Bearer ${KEY}` };
      const reply = await fetch(`${address}/api/v1/models/income-check`, { headers });
      return Date.parse(((await reply.json()) as { last_event: string }).last_event);
    };
    const first = await newest();
    expect(Date.now() - first).toBeLessThan(5 * 60_000);
    await expect.poll(newest, { timeout: 120_000, interval: 2_000 }).toBeGreaterThan(first);
  } finally {
    demo.kill('SIGINT');
    expect(await ended).toBe(0);
  }
});
