import { expect, test } from 'vitest';
import { random } from '../../../stats/random.ts';
import { categoricalProfile } from '../../profiles/compute.ts';
import { CONFUSION_SEPARATOR } from '../../profiles/profile.ts';
import { measure } from '../judge/series/judgeable.ts';
import { settingsOf } from '../judge/state/settings.ts';
import { qualitySubject } from '../judge/windows/subjects.ts';
import type { LabelledModel } from '../kind.ts';
import type { QualityRecipe } from '../subject.ts';
import { Track } from '../track.ts';
import { staleness } from './staleness.ts';

const DAY = 86_400_000;
const DAYS = 56;
const model: LabelledModel = {
  ...{ task: 'binary', positive: 'yes', waiting: 0, impact: null },
  ...{ known: new Set(['_confusion', '_label']), grids: new Map() },
};
const recipe = staleness.recipe(model, undefined) as QualityRecipe;

/** What the last of these days shows; `right`: the chance of a right answer on a day. */
function judge(right: (day: number) => number, { perDay = 200, days = DAYS, seed = 1 } = {}) {
  const next = random(seed);
  const cell = (day: number) =>
    Array.from({ length: perDay }, () => `yes${CONFUSION_SEPARATOR}${next() < right(day) ? 'yes' : 'no'}`);
  const history = new Map(
    Array.from({ length: days }, (_, day) => [day * DAY, categoricalProfile(cell(day))] as const),
  );
  const base = { start: 0, bucketMs: DAY, buckets: days, traffic: Track.of(1, days, () => [perDay]) };
  const state = { recipe, histories: new Map([['_confusion', history]]), baseline: null, matureTo: days };
  const { settings } = settingsOf(staleness, {}, { bucket_ms: DAY, window_ms: DAY }, recipe.metric);
  return measure(staleness, qualitySubject(base, state), days - 1, settings);
}

test('quality that wears off by five points a month is found, and by how much', () => {
  const found = judge((day) => 0.9 - (0.05 * day) / 28);
  expect(found.verdict).toBe('breach');
  expect(Math.abs(found.value! - 0.05)).toBeLessThan(0.015);
  expect(found.low!).toBeLessThan(found.value!);
});

test('quality that stays is calm: none of 100 models', () => {
  const verdicts = Array.from({ length: 100 }, (_, seed) => judge(() => 0.9, { perDay: 100, seed }).verdict);
  expect(verdicts.filter((verdict) => verdict === 'breach')).toEqual([]);
});

test('too short a history, and too few labels, are told by name', () => {
  expect(judge(() => 0.9, { perDay: 10 })).toMatchObject({ value: null, reason: 'too_few_labels' });
  expect(judge(() => 0.9, { days: 3 })).toMatchObject({ value: null, reason: 'too_few_labels' });
});
