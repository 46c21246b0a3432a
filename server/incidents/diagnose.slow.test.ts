import { expect, test } from 'vitest';
import { random, randomNormal } from '../../stats/random.ts';
import { diagnose } from './diagnose.ts';
import { fact } from './test-facts.ts';
import { caseOfRows } from './testing/case-of-rows.ts';

test('an incident over 200 columns is diagnosed in under 2 s of computing, and the right column is named', () => {
  const next = random(3);
  const numeric = Array.from({ length: 160 }, (_, i) => `n${i}`);
  const categorical = Array.from({ length: 40 }, (_, i) => `c${i}`);
  const row = (factor: number) => {
    const common = randomNormal(next);
    const features = Object.fromEntries([
      ...numeric.map((name, i) => [
        name,
        (50 + 10 * (0.6 * common + randomNormal(next))) * (i === 7 ? factor : 1),
      ]),
      ...categorical.map((name) => [name, String(Math.floor(8 * next()))]),
    ]);
    return { features, answer: 1 / (1 + Math.exp(-common)), label: 'yes', latencyMs: 5, error: null };
  };
  const of = (n: number, factor: number) => Array.from({ length: n }, () => row(factor));
  const more = [fact('performance', '', { value: 0.7, baseline: 0.8 })];
  const about = caseOfRows({ before: of(1500, 1), after: of(1500, 100), numeric, categorical, more });
  const began = process.cpuUsage();
  const causes = diagnose(about.facts, about.evidence);
  const { user } = process.cpuUsage(began);
  expect(causes[0]).toMatchObject({ kind: 'unit_change', column: 'n7' });
  expect(user / 1e6).toBeLessThan(2);
}, 60_000);
