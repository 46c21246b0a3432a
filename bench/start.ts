/**
 * `npm run bench:start`: from the start of the process on an empty folder to the first answered page, and from the start on
 * a used folder; then the same without Tiltmeter (an empty Node process) as yardstick. Prints Markdown.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const TILTMETER = join(import.meta.dirname, '../cli/tiltmeter.js');

async function firstPage(data: string): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, [TILTMETER, 'serve', '--data', data, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    let text = '';
    for await (const chunk of child.stdout) {
      text += chunk;
      const address = /listens on (\S+)/.exec(text)?.[1];
      if (address === undefined) continue;
      const page = await fetch(`${address}/`);
      await page.text();
      if (!page.ok)
        throw new Error(`the first page answered ${page.status}; build it with "npm run build:web"`);
      return performance.now() - began;
    }
    throw new Error('the server ended before it listened');
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

const data = mkdtempSync(join(tmpdir(), 'tiltmeter-bench-'));
try {
  const empty = await firstPage(data);
  const again = await firstPage(data);
  const began = performance.now();
  execFileSync(process.execPath, ['-e', '0']);
  const bare = performance.now() - began;
  console.log('| | ms |\n|---|---|');
  console.log(`| empty folder to first page | ${empty.toFixed(0)} |`);
  console.log(`| used folder to first page | ${again.toFixed(0)} |`);
  console.log(`| yardstick: Node starts and ends | ${bare.toFixed(0)} |`);
} finally {
  rmSync(data, { recursive: true, force: true });
}
