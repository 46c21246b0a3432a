/**
 * `npm run bench:agent [-- --seconds 60] [--rate 1000]`: memory and processor time of an agent that counts predictions of twenty features (sixteen numbers,
 * four texts), a hundred in a request, and writes what it counted. Linux: read from /proc. Prints Markdown.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, rate: { type: 'string', default: '1000' } },
});
const [seconds, rate] = [Number(values.seconds), Number(values.rate)];
const IN_REQUEST = 100;
/** Of the kernel's clock, on every Linux that Node runs on. */
const TICKS = 100;
const TILTMETER = join(import.meta.dirname, '../cli/tiltmeter.js');

/** Seconds of processor time that a process took so far, and the memory that it holds, in MB. */
function taken(pid: number): { cpu: number; rss: number; anonymous: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)![1]) / 1024;
  return {
    cpu: (Number(fields[11]) + Number(fields[12])) / TICKS,
    rss: megabytes('VmRSS'),
    anonymous: megabytes('RssAnon'),
  };
}

function body(from: number): string {
  const time = Date.now();
  const rows = Array.from({ length: IN_REQUEST }, (_, k) => {
    const i = from + k;
    const features = Object.fromEntries([
      ...Array.from({ length: 16 }, (_, n) => [`n${n}`, Math.sin(i * (n + 1)) * 10 ** (n % 4)]),
      ...Array.from({ length: 4 }, (_, n) => [`c${n}`, `v${(i * (n + 3)) % 50}`]),
    ]);
    return {
      model: 'm',
      id: `p${i}`,
      time,
      features,
      prediction: i % 2 ? 'yes' : 'no',
      score: (i % 100) / 100,
    };
  });
  return JSON.stringify(rows);
}

const data = mkdtempSync(join(tmpdir(), 'tiltmeter-bench-'));
const agent = spawn(
  process.execPath,
  [TILTMETER, 'agent', 'run', '--offline', '--data', data, '--port', '0', '--every', '30s'],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
try {
  let text = '';
  let address: string | undefined;
  for await (const chunk of agent.stdout.iterator({ destroyOnReturn: false })) {
    text += chunk;
    address = /at (\S+) as/.exec(text)?.[1];
    if (address !== undefined) break;
  }
  const idle = taken(agent.pid!);
  const began = performance.now();
  let sent = 0;
  let most = { rss: 0, anonymous: 0 };
  while (performance.now() - began < seconds * 1000) {
    const reply = await fetch(address!, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: body(sent),
    });
    const { stored } = (await reply.json()) as { stored: number };
    if (stored !== IN_REQUEST) throw new Error(`the agent counted ${stored} of ${IN_REQUEST}`);
    sent += IN_REQUEST;
    const { rss, anonymous } = taken(agent.pid!);
    most = { rss: Math.max(most.rss, rss), anonymous: Math.max(most.anonymous, anonymous) };
    await sleep(Math.max(0, (sent / rate) * 1000 - (performance.now() - began)));
  }
  const elapsed = (performance.now() - began) / 1000;
  const cpu = taken(agent.pid!).cpu - idle.cpu;
  console.log(`| ${sent} predictions in ${elapsed.toFixed(0)} s | |\n|---|---|`);
  console.log(`| processor time, of one core | ${((100 * cpu) / elapsed).toFixed(2)} % |`);
  console.log(
    `| memory at the start (resident, of it its own) | ${idle.rss.toFixed(0)}, ${idle.anonymous.toFixed(0)} MB |`,
  );
  console.log(
    `| most memory (resident, of it its own) | ${most.rss.toFixed(0)}, ${most.anonymous.toFixed(0)} MB |`,
  );
} finally {
  agent.kill('SIGTERM');
  if (agent.exitCode === null) await once(agent, 'exit');
  rmSync(data, { recursive: true, force: true });
}
