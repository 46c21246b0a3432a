import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-demo-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const KEY = 'a-key-for-automation-0123456789';

test('the demo takes the admin key of the environment', async () => {
  const main = join(import.meta.dirname, '../main.ts');
  const demo = spawn(process.execPath, [main, 'demo', '--port', '0', '--data', folder, '--speed', '0.001'], {
    env: { PATH: process.env.PATH, TILTMETER_ADMIN_KEY: KEY },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => demo.once('exit', resolve));
  try {
    let status: number | undefined;
    for await (const line of createInterface({ input: demo.stdout })) {
      const address = /listens on (\S+)/.exec(line)?.[1];
      if (address === undefined) continue;
      const reply = await fetch(`${address}/api/v1/models`, { headers: { authorization: `Bearer ${KEY}` } });
      status = reply.status;
      break;
    }
    expect(status).toBe(200);
  } finally {
    demo.kill('SIGKILL');
    await ended;
  }
});
