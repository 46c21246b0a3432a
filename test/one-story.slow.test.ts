import { afterAll, beforeAll, expect, test } from 'vitest';
import { random } from '../stats/random.ts';
import { startTestApp, type TestApp } from './app.ts';
import { ALL_JOBS, apart, type Command, type Jobs, type Part, storyOf, whole } from './story.testing.ts';

const RUNS = 50;
const COMMANDS: readonly Command[] = ['import', 'labels', 'reference'];
const TIMINGS: readonly Jobs[] = [
  [],
  ['models'],
  ['models', 'incidents'],
  ALL_JOBS,
  ['infer_tasks', 'models'],
];

let now = Date.UTC(2027, 2, 1);
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ clock: () => now });
});
afterAll(() => app.stop());

/** The parts of one run: each command whole or in two pieces, the pieces in their order, all shuffled. */
function partsOf(next: () => number): Part[] {
  const queues = COMMANDS.map((command): Part[] => {
    const at = command === 'reference' || next() < 0.5 ? 1 : 0.2 + 0.6 * next();
    const rest: Part[] = at < 1 ? [{ command, from: at, to: 1 }] : [];
    return at < 1 ? [{ command, from: 0, to: at }, ...rest] : [whole(command)];
  });
  const parts: Part[] = [];
  while (queues.some(({ length }) => length > 0)) {
    const left = queues.filter(({ length }) => length > 0);
    parts.push(left[Math.floor(next() * left.length)]!.shift()!);
  }
  return parts;
}

test(
  'the same three commands in any order and timing tell one story',
  async () => {
    const pass = (ms: number) => {
      now += ms;
    };
    const expected = await storyOf(app, 'plain', { parts: COMMANDS.map(whole), jobs: [] }, pass);
    for (let seed = 1; seed <= RUNS; seed++) {
      const next = random(seed);
      const parts = partsOf(next);
      const jobs = parts.map(() => TIMINGS[Math.floor(next() * TIMINGS.length)]!);
      const told = JSON.stringify({ seed, parts, jobs });
      const found = await storyOf(app, `run-${seed}`, { parts, jobs }, pass);
      expect(found.story, told).toEqual(expected.story);
      expect(apart(found, expected), told).toBeLessThan(0.03);
    }
  },
  20 * 60_000,
);
