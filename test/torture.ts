/**
 * `npm run torture`: kills with -9 at random moments while events come and are judged, and generated requests to all doors
 * and all other routes. `-- --kills 1000 --bodies 100000 --requests 10000 --seed 1`; 0 leaves one out. Prints Markdown; ends
 * with 1 when anything was lost, twice, or answered with a 5xx.
 */
import { parseArgs } from 'node:util';
import { random } from '../stats/random.ts';
import { fuzzBodies } from './fuzz/bodies.ts';
import { fuzzRoutes } from './fuzz/routes.ts';
import { killDuringIngest } from './kill.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    bodies: { type: 'string', default: '100000' },
    requests: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
  },
});
const [kills, bodies, requests, seed] = [values.kills, values.bodies, values.requests, values.seed].map(
  Number,
) as [number, number, number, number];
const n = (value: number) => value.toLocaleString('en');
const say = (line: string) => process.stdout.write(`${line}\n`);

say('## Torture (`npm run torture`)\n');
if (kills > 0) {
  const began = performance.now();
  const seen = await killDuringIngest({
    kills,
    random: random(seed),
    judging: true,
    after: (kill, rows) => {
      if (kill % 25 === 0) process.stderr.write(`${kill} kills, ${n(rows)} rows acknowledged\n`);
    },
  });
  const { lost, twice, decidedTwice, acknowledged, stored, decisions, incidents } = seen;
  const each = Object.entries(seen.kills).map(([victim, times]) => `${n(times)} × ${victim}`);
  say(
    `${n(kills)} kills in ${Math.round((performance.now() - began) / 1000)} s (${each.join(', ')}): ${n(acknowledged)} rows acknowledged, ${n(stored)} stored, ${n(lost.length)} acknowledged and lost, ${n(twice.length)} stored twice. ${n(decisions)} decisions and ${n(incidents)} incidents, ${n(decidedTwice.length)} of them twice.`,
  );
  for (const [what, list] of Object.entries({ lost, twice, decidedTwice }))
    if (list.length > 0) say(`${what}: ${list.slice(0, 20).join(', ')}`);
  if (lost.length + twice.length + decidedTwice.length > 0) process.exitCode = 1;
}
if (bodies > 0) {
  const { models } = await fuzzBodies(bodies, seed);
  say(
    `${n(bodies)} generated bodies over all doors: 0 answered with a 5xx; ${n(models)} models afterwards, all rolled up and judged.`,
  );
}
if (requests > 0) {
  const { answers, done } = await fuzzRoutes(requests, random(seed));
  const each = [...answers].sort(([a], [b]) => a - b).map(([status, times]) => `${n(times)} × ${status}`);
  const whose = [...done].map(([who, times]) => `${n(times)} of ${who}`);
  say(
    `${n(requests)} generated requests over all other routes: ${each.join(', ')}; 0 × 5xx, all models rolled up and judged afterwards. Let in, and nobody else: ${whose.join(', ')}.`,
  );
}
