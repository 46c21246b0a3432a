import { expect, test } from 'vitest';
import { gridOf } from '../../../stats/asinh-grid.ts';
import { random } from '../../../stats/random.ts';
import { categoricalProfile, numericProfile } from '../../profiles/compute.ts';
import { CONFUSION_SEPARATOR, type Profile } from '../../profiles/profile.ts';
import { measure } from '../judge/series/judgeable.ts';
import { settingsOf } from '../judge/state/settings.ts';
import { qualitySubject } from '../judge/windows/subjects.ts';
import type { LabelledModel } from '../kind.ts';
import { DETECTOR_NAMES } from '../measures/loss-level.ts';
import type { QualityRecipe } from '../subject.ts';
import { HOUR, normal } from '../test-subjects.ts';
import { Track } from '../track.ts';
import { concept_drift } from './concept_drift.ts';

const GRID = gridOf(normal(1_000));
const MODEL = { bucket_ms: HOUR, window_ms: 24 * HOUR };
const known = (task: LabelledModel['task'], ...columns: string[]): LabelledModel => ({
  ...{ task, positive: null, waiting: 0, impact: null, grids: new Map() },
  known: new Set(['_label', ...columns]),
});

/** Answers of an hour, half of them yes; `yes` and `no`: the chance that one of them is wrong. */
function answers(seed: number, yes: number, no: number, n = 50): Profile {
  const next = random(seed);
  return categoricalProfile(
    Array.from({ length: n }, (_, i) => {
      const said = i % 2 === 0 ? 'yes' : 'no';
      const wrong = next() < (said === 'yes' ? yes : no);
      return `${wrong ? (said === 'yes' ? 'no' : 'yes') : said}${CONFUSION_SEPARATOR}${said}`;
    }),
  );
}

const errors = (seed: number, size: number) => numericProfile(normal(50, 0, size, seed).map(Math.abs), GRID);

/** What it says of each hour, from the hour `start` of event time on. */
function judge(
  all: readonly (Profile | undefined)[],
  { task = 'binary' as LabelledModel['task'], options = {}, start = 0, baseline = true, from = 0 } = {},
) {
  const column = task === 'regression' ? '_absolute_residual' : '_confusion';
  const recipe = concept_drift.recipe(known(task, column), undefined) as QualityRecipe;
  const hours = all.slice(from);
  const span = { start: (start + from) * HOUR, bucketMs: HOUR, buckets: hours.length };
  const history = new Map(hours.flatMap((hour, i) => (hour ? [[span.start + i * HOUR, hour] as const] : [])));
  const sums = new Float64Array(recipe.width);
  for (const hour of all.slice(0, 24)) if (hour) recipe.add(new Map([[column, hour]]), sums);
  const subject = qualitySubject(
    { ...span, traffic: Track.of(1, hours.length, () => [50]) },
    {
      ...{ recipe, histories: new Map([[column, history]]), matureTo: hours.length },
      baseline: baseline ? [...sums] : null,
    },
  );
  const { settings } = settingsOf(concept_drift, options, MODEL, recipe.metric);
  return hours.map((_, i) => measure(concept_drift, subject, i, settings));
}
const hours = (many: number, of: (i: number) => Profile) => Array.from({ length: many }, (_, i) => of(i));
const firstBreach = (found: ReturnType<typeof judge>) =>
  found.findIndex(({ verdict }) => verdict === 'breach');

const CALM = hours(200, (i) => answers(i + 1, 0.1, 0.1));

test('calm hours never breach', () => {
  expect(firstBreach(judge(CALM))).toBe(-1);
  expect(judge(CALM).at(-1)).toMatchObject({ value: 0, verdict: 'clear' });
});

test('one answer means something else: found within 500 labels, and it lasts until that is over', () => {
  const turned = hours(100, (i) => answers(i + 500, 0.1, 0.35));
  const found = judge([...CALM, ...turned, ...hours(200, (i) => answers(i + 900, 0.1, 0.1))]);
  const first = firstBreach(found);
  expect(first).toBeGreaterThanOrEqual(200);
  expect(first).toBeLessThan(210);
  expect(found[299]).toMatchObject({ verdict: 'breach' });
  expect(found[299]!.value!).toBeCloseTo(0.125, 1);
  expect(found.at(-1)!.verdict).toBe('clear');
});

test('fewer wrong answers are no drift, and a rise that is too small to matter does not breach', () => {
  expect(firstBreach(judge([...CALM, ...hours(100, (i) => answers(i + 500, 0.01, 0.01))]))).toBe(-1);
  const little = hours(400, (i) => answers(i + 500, 0.1, 0.15, 200));
  expect(firstBreach(judge([...CALM, ...little], { options: { threshold: 0.1 } }))).toBe(-1);
});

test('errors of numbers rise by half: found, as a share of the usual error', () => {
  const found = judge([...hours(200, (i) => errors(i + 1, 1)), ...hours(60, (i) => errors(i + 500, 1.5))], {
    task: 'regression',
  });
  expect(firstBreach(found)).toBeGreaterThanOrEqual(200);
  expect(firstBreach(found)).toBeLessThan(225);
  expect(found.at(-1)!.value!).toBeCloseTo(0.5, 0);
});

test.each(DETECTOR_NAMES)('%s finds a change that is large', (detector) => {
  const found = judge([...CALM, ...hours(100, (i) => answers(i + 500, 0.6, 0.6))], { options: { detector } });
  expect(found.slice(200, 240).some(({ verdict }) => verdict === 'breach')).toBe(true);
});

test('what is judged together does not matter: another start of what was read gives the same', () => {
  const all = hours(3_500, (i) =>
    i % 3 === 0 ? answers(i + 1, i < 3_000 ? 0.1 : 0.3, 0.1, 10) : answers(0, 0, 0, 0),
  );
  const whole = judge(all, { start: 1_234 });
  const late = judge(all, { start: 1_234, from: 1_500 });
  expect(late.slice(-20)).toEqual(whole.slice(-20));
});

test('an hour without labels, too few of them, and no labels at all have named reasons', () => {
  expect(judge([...CALM.slice(0, 5), undefined]).at(-1)).toMatchObject({ value: null, reason: 'no_labels' });
  expect(judge(CALM.slice(0, 2)).at(-1)).toMatchObject({ value: null, reason: 'too_few_labels' });
  expect(concept_drift.recipe(known('unknown'), undefined)).toEqual({ reason: 'task_not_settled' });
  expect(concept_drift.recipe(known('binary'), undefined)).toEqual({ reason: 'no_answers_to_compare' });
  const unknown = judge(
    hours(30, (i) => errors(i + 1, 1)),
    { task: 'regression', baseline: false },
  );
  expect(unknown.at(-1)).toMatchObject({ value: null, reason: 'no_baseline' });
});

test('a class never seen, and one class alone, are answers like others', () => {
  const never = categoricalProfile(Array.from({ length: 50 }, () => `never seen${CONFUSION_SEPARATOR}yes`));
  const found = judge([...CALM, ...hours(30, () => never)]);
  expect(firstBreach(found)).toBeLessThan(206);
  const single = hours(60, () =>
    categoricalProfile(Array.from({ length: 50 }, () => `no${CONFUSION_SEPARATOR}no`)),
  );
  expect(judge(single).at(-1)).toMatchObject({ value: 0, verdict: 'clear' });
});
