/**
 * `npm run bench:quarantine`: what of a model is in quarantine, as a service asks before each prediction: one request after the other, and many at once, while
 * flags are set and ended. `BENCH_MODELS` (1,000) with a flag each, `BENCH_ASKED` (5,000). Prints Markdown.
 */
import { Agent, request } from 'node:http';
import { startTestApp } from '../test/app.ts';

const MODELS = Number(process.env.BENCH_MODELS ?? 1_000);
const ASKED = Number(process.env.BENCH_ASKED ?? 5_000);
const GOAL_MS = 5;

const tilt = await startTestApp();
for (let m = 0; m < MODELS; m++) await tilt.json('POST', '/api/v1/models', { id: `m${m}` });
const flag = { of: 'model', name: '', reason: 'backfill' };
for (let m = 0; m < MODELS; m++) {
  const { status, body } = await tilt.json('POST', `/api/v1/models/m${m}/quarantine`, flag);
  if (status !== 201) throw new Error(JSON.stringify(body));
}

const agent = new Agent({ keepAlive: true });
const { hostname, port } = new URL(tilt.address);

/** Milliseconds until a whole answer is there. */
function ask(model: string): Promise<number> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    request(
      {
        ...{ agent, hostname, port, path: `/api/v1/models/${model}/quarantine` },
        headers: { authorization: `Bearer ${tilt.adminKey}` },
      },
      (reply) => {
        if (reply.statusCode !== 200) reject(new Error(`${reply.statusCode}`));
        reply.resume().on('end', () => resolve(performance.now() - began));
      },
    )
      .on('error', reject)
      .end();
  });
}

async function measure(together: number): Promise<number[]> {
  const took: number[] = [];
  let next = 0;
  const asker = async () => {
    while (next < ASKED) took.push(await ask(`m${next++ % MODELS}`));
  };
  await Promise.all(Array.from({ length: together }, asker));
  return took.sort((a, b) => a - b);
}

console.log(
  `| asked at once | n | p50, ms | p99, ms (goal ${GOAL_MS}) | worst, ms |\n|---|---:|---:|---:|---:|`,
);
const changes = setInterval(() => void tilt.json('POST', '/api/v1/models/m0/quarantine', flag), 1_000);
await measure(1);
for (const together of [1, 8]) {
  const took = await measure(together);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(share * took.length))]!.toFixed(2);
  console.log(`| ${together} | ${took.length} | ${at(0.5)} | ${at(0.99)} | ${at(1)} |`);
}
clearInterval(changes);
agent.destroy();
await tilt.stop();
