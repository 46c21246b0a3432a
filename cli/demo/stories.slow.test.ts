import { beforeAll, describe, expect, test } from 'vitest';
import { incomeCheck } from './adult.ts';
import { bikeDemand } from './bike.ts';
import { DAY, HOUR, type Story } from './story.ts';
import { dataset } from './table.ts';

const stopwatch = () => 0;
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('bike demand', () => {
  let story: Story;
  beforeAll(() => {
    story = bikeDemand();
  });

  test('every hour from July 2011 on is asked once, in order', () => {
    const times = story.questions.map(({ time }) => time);
    expect(times.length).toBe(13_129);
    expect(times[0]).toBe(Date.parse('2011-07-01T00:00:00Z'));
    expect(times.at(-1)).toBe(Date.parse('2012-12-31T23:00:00Z'));
    expect(times.every((time, i) => i === 0 || time > times[i - 1]!)).toBe(true);
  });

  test('nothing that is known only afterwards goes into the model', () => {
    const { features } = story.questions[0]!.ask(stopwatch);
    expect(Object.keys(features!).sort()).toEqual(
      'atemp,holiday,hr,hum,mnth,season,temp,weathersit,weekday,windspeed,workingday'.split(','),
    );
  });

  test('labels are the counts of the data, two days after the hour', () => {
    const rows = dataset('bike-sharing/hour.csv.gz').slice(-story.questions.length);
    expect(story.questions.map(({ label }) => label.label)).toEqual(rows.map((row) => Number(row.cnt)));
    expect(story.questions.every(({ time, label }) => label.time === time + HOUR + 2 * DAY)).toBe(true);
  });

  test('the growth from 2011 to 2012 makes it wrong, and nothing else was done to it', () => {
    const errorIn = (month: string) =>
      mean(
        story.questions
          .filter(({ time }) => new Date(time).toISOString().startsWith(month))
          .map((q) => Math.abs(Number(q.ask(stopwatch).prediction) - Number(q.label.label))),
      );
    expect(errorIn('2011-07')).toBeLessThan(40);
    expect(errorIn('2012-09')).toBeGreaterThan(90);
  });
});

describe('income check', () => {
  let story: Story;
  const until = Date.parse('2012-12-31T23:00:00Z');
  beforeAll(() => {
    story = incomeCheck(until);
  });

  test('until the opening only the private sector is asked about, afterwards everybody', () => {
    const opened = story.changes.find(({ kind }) => kind === 'rollout')!.time as number;
    const isPrivate = (q: (typeof story.questions)[number]) =>
      q.ask(stopwatch).features!.workclass === 'Private';
    const before = story.questions.filter(({ time }) => time < opened);
    const after = story.questions.filter(({ time }) => time >= opened);
    expect(before.every(isPrivate)).toBe(true);
    expect(after.filter(isPrivate).length / after.length).toBeCloseTo(0.69, 1);
    expect(story.questions.at(-1)!.time).toBeLessThan(until);
  });

  test('sex, race and the survey weight are no inputs', () => {
    const asked = story.questions[0]!.ask(stopwatch);
    expect(Object.keys(asked.features!)).not.toEqual(expect.arrayContaining(['sex', 'race', 'fnlwgt']));
    expect(asked.tags).toEqual({ sex: 'Male', race: 'Black' });
  });

  test('it is right about more than four in five whom it never saw', () => {
    const right = story.questions.filter((q) => q.ask(stopwatch).prediction === q.label.label).length;
    expect(right / story.questions.length).toBeGreaterThan(0.84);
  });
});
