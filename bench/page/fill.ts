/** A year of a model through the real way in, rolled up and judged: `fill.ts <data folder>`. Prints what it made as JSON. */
import { rollUp } from '../../server/profiles/roll-up/roll-up.ts';
import { startTestApp } from '../../test/app.ts';

const HOUR = 3_600_000;
const HOURS = 365 * 24;
const PER_HOUR = 24;
const NUMBERS = 32;
const CATEGORIES = 8;
const BODY = 2_000;
/** Labels come for every third prediction. */
const LABELLED = 3;

const [dataDir] = process.argv.slice(2) as [string];
const tilt = await startTestApp({ dataDir });
const end = Math.floor(Date.now() / HOUR) * HOUR;
const start = end - HOURS * HOUR;

/** The same numbers in every run (mulberry32, public domain). */
let state = 7;
function next(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

function prediction(i: number): object {
  const features: Record<string, number | string | null> = {};
  for (let n = 0; n < NUMBERS; n++) {
    const value = (next() + next() + next() - 1.5) * 10 ** (n % 4);
    features[`number ${n}`] = next() < 0.02 ? null : Number(value.toPrecision(7));
  }
  for (let c = 0; c < CATEGORIES; c++)
    features[`category ${c}`] = `value ${Math.floor(next() * 5 * (c + 1))}`;
  const score = next();
  return {
    model: 'year',
    id: `p${i}`,
    time: start + Math.floor((i * HOUR) / PER_HOUR),
    version: '1',
    features,
    prediction: score > 0.5 ? 'yes' : 'no',
    score,
    latency_ms: 5 + 20 * next(),
  };
}

async function send(path: string, rows: readonly object[]): Promise<void> {
  const reply = await fetch(`${tilt.address}/api/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tilt.adminKey}`, 'content-type': 'application/x-ndjson' },
    body: rows.map((row) => JSON.stringify(row)).join('\n'),
  });
  if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
}

await tilt.json('POST', '/api/v1/models', { id: 'year', task: 'binary' });
const total = HOURS * PER_HOUR;
for (let from = 0; from < total; from += BODY) {
  const rows = Array.from({ length: Math.min(BODY, total - from) }, (_, i) => prediction(from + i));
  await send('predictions', rows);
  const labels = rows.flatMap((_, i) =>
    i % LABELLED === 0 ? [{ model: 'year', id: `p${from + i}`, label: next() > 0.5 ? 'yes' : 'no' }] : [],
  );
  await send('labels', labels);
}
const began = performance.now();
await rollUp(tilt.app.ctx, 'year', { to: tilt.app.ctx.stamps.mark() });
const rolledUp = performance.now();
await tilt.app.runJob('models');
const judged = performance.now();
await tilt.app.runJob('incidents');
await tilt.stop();
console.log(
  JSON.stringify({
    predictions: total,
    columns: NUMBERS + CATEGORIES,
    rollUpMs: rolledUp - began,
    judgeMs: judged - rolledUp,
    start,
    end,
  }),
);
