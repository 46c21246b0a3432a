/**
 * `npm run bench:quarantine`: what of a model is in quarantine, as a service asks before each prediction, of a server as people run it: one request after the
 * other, and eight at once, while a flag is set each second. With a stored key, with the key of the environment (which is in no store), and an address that
 * asks nothing of anybody, so that it is seen what the way to the answer costs. `BENCH_MODELS` (1,000) with `BENCH_FLAGS` (50) each, `BENCH_ASKED` (10,000);
 * `BENCH_DATA`: a folder that stays, and is not filled again. Prints Markdown.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlags } from '../server/automation/quarantine/set-flags.ts';
import { createKey } from '../server/keys/create-key.ts';
import { addModel } from '../server/models/add-model.ts';
import { askAll, at } from './quarantine/ask.ts';
import { call, KEY, type Served, serve, whileResting } from './scale/served.ts';

const MODELS = Number(process.env.BENCH_MODELS ?? 1_000);
const FLAGS = Number(process.env.BENCH_FLAGS ?? 50);
const ASKED = Number(process.env.BENCH_ASKED ?? 10_000);
const GOAL_MS = 5;
/** A server is calm when so many seconds take it no less processor time than those before them. */
const LOOK_S = 5;
const LOOKS = 60;

const kept = process.env.BENCH_DATA;
const dataDir = kept ?? (await mkdtemp(join(tmpdir(), 'tiltmeter-quarantine-')));
const filled = existsSync(join(dataDir, 'ledger.db'));
const secret = await whileResting(dataDir, async ({ ctx }) => {
  for (let m = 0; m < MODELS && !filled; m++) {
    await addModel(ctx, { id: `m${m}` });
    const parts = Array.from({ length: FLAGS }, (_, i) => ({ of: 'column' as const, name: `c${i}` }));
    const why = { reason: 'backfill of the last week', until: null, incident: null, once: `m${m}` };
    await setFlags(ctx, `m${m}`, parts, why);
  }
  return (await createKey(ctx, { name: `scorer ${Date.now()}`, scopes: ['read'] })).secret;
});

/** Milliseconds of processor time a second that the server takes by itself, once it takes no less than before. */
async function calm(server: Served): Promise<number> {
  let [least, last] = [Number.POSITIVE_INFINITY, server.ownCpuSeconds()];
  for (let i = 0; i < LOOKS; i++) {
    await sleep(LOOK_S * 1_000);
    const now = server.ownCpuSeconds();
    const taken = ((now - last) / LOOK_S) * 1e3;
    if (taken >= least && taken < 100) return taken;
    [least, last] = [Math.min(least, taken), now];
  }
  throw new Error(`the server takes ${least} ms of processor time a second though nobody asks`);
}

const server = await serve(dataDir);
try {
  const quarantine = Array.from({ length: ASKED }, (_, i) => `/api/v1/models/m${i % MODELS}/quarantine`);
  const nothing = quarantine.map(() => '/healthz');
  await askAll(server.address, secret, quarantine, 8);
  const resting = await calm(server);
  // What was compiled for other work while it became calm is compiled for this.
  for (let i = 0; i < 2; i++) await askAll(server.address, secret, quarantine, 8);
  const flag = JSON.stringify({ of: 'model', name: '', reason: 'backfill' });
  const changes = setInterval(
    () => void call(server.address, 'POST', '/api/v1/models/m0/quarantine', flag, 'json'),
    1_000,
  );
  console.log(
    `${MODELS * FLAGS} flags of ${MODELS} models; a server that nobody asks takes ${resting.toFixed(0)} ms of processor time a second.\n\n` +
      `| what is asked | at once | n | p50, ms | p99, ms (goal ${GOAL_MS}) | worst, ms | processor time a request, ms |\n|---|---:|---:|---:|---:|---:|---:|`,
  );
  for (const [what, key, paths] of [
    ['quarantine, with a stored key', secret, quarantine],
    ['quarantine, with the key of the environment', KEY, quarantine],
    ['`/healthz`', KEY, nothing],
  ] as const)
    for (const together of [1, 8]) {
      const [began, cpu] = [performance.now(), server.ownCpuSeconds()];
      const took = await askAll(server.address, key, paths, together);
      const own = server.ownCpuSeconds() - cpu - (resting * (performance.now() - began)) / 1e6;
      const figures = [at(took, 0.5), at(took, 0.99), at(took, 1), (own / took.length) * 1e3];
      console.log(
        `| ${what} | ${together} | ${took.length} | ${figures.map((ms) => ms.toFixed(2)).join(' | ')} |`,
      );
    }
  clearInterval(changes);
} finally {
  await server.stop();
  if (kept === undefined) await rm(dataDir, { recursive: true, force: true });
}
