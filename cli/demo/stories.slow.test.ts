import { beforeAll, describe, expect, test } from 'vitest';
import { incomeCheck } from './adult.ts';
import { bikeDemand } from './bike.ts';
import { DAY, HOUR, type Question, type Story } from './story.ts';
import { dataset } from './table.ts';

const stopwatch = () => 0;
const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const NOW = Date.parse('2026-11-26T14:20:30Z');
const WEEKS = 730 * 7 * DAY;

function until(story: Story, time: number): Question[] {
  const asked: Question[] = [];
  for (const question of story.questions) {
    if (question.time > time) break;
    asked.push(question);
  }
  return asked;
}

describe('bike demand', () => {
  let story: Story;
  let questions: Question[];
  beforeAll(() => {
    story = bikeDemand(WEEKS);
    questions = [...story.questions];
  });

  test('every hour from July 2011 on is asked once, in order, moved by whole weeks', () => {
    const times = questions.map(({ time }) => time);
    expect(times.length).toBe(13_129);
    expect(times[0]).toBe(Date.parse('2011-07-01T00:00:00Z') + WEEKS);
    expect(times[0]).toBe(story.begins);
    expect(times.at(-1)).toBe(Date.parse('2012-12-31T23:00:00Z') + WEEKS);
    expect(times.every((time, i) => i === 0 || time > times[i - 1]!)).toBe(true);
  });

  test('nothing that is known only afterwards goes into the model', () => {
    const { features } = questions[0]!.ask(stopwatch);
    expect(Object.keys(features!).sort()).toEqual(
      'atemp,holiday,hr,hum,mnth,season,temp,weathersit,weekday,windspeed,workingday'.split(','),
    );
  });

  test('labels are the counts of the data, two days after the hour', () => {
    const rows = dataset('bike-sharing/hour.csv.gz').slice(-questions.length);
    expect(questions.map(({ label }) => label.label)).toEqual(rows.map((row) => Number(row.cnt)));
    expect(questions.every(({ time, label }) => label.time === time + HOUR + 2 * DAY)).toBe(true);
  });

  test('hour and day of the week that the model is told are those of the moved time', () => {
    for (const question of questions.slice(0, 24 * 14)) {
      const { features } = question.ask(stopwatch);
      const time = new Date(question.time);
      expect([features!.hr, features!.weekday]).toEqual([time.getUTCHours(), String(time.getUTCDay())]);
    }
  });

  test('its deployment is a change that begins with the first question', () => {
    expect(story.changes).toMatchObject([{ kind: 'deploy', time: story.begins, model: 'bike-demand' }]);
  });

  test('the growth from 2011 to 2012 makes it wrong, and nothing else was done to it', () => {
    const errorIn = (month: string) =>
      mean(
        questions
          .filter(({ time }) => new Date(time - WEEKS).toISOString().startsWith(month))
          .map((q) => Math.abs(Number(q.ask(stopwatch).prediction) - Number(q.label.label))),
      );
    expect(errorIn('2011-07')).toBeLessThan(40);
    expect(errorIn('2012-09')).toBeGreaterThan(90);
  });
});

describe('income check', () => {
  let story: Story;
  let asked: Question[];
  beforeAll(() => {
    story = incomeCheck(NOW);
    asked = until(story, NOW);
  });

  test('until the opening only the private sector is asked about, afterwards everybody', () => {
    const opened = story.changes.find(({ kind }) => kind === 'rollout')!.time as number;
    const isPrivate = (q: Question) => q.ask(stopwatch).features!.workclass === 'Private';
    const before = asked.filter(({ time }) => time < opened);
    const after = asked.filter(({ time }) => time >= opened);
    expect(before.every(isPrivate)).toBe(true);
    expect(after.filter(isPrivate).length / after.length).toBeCloseTo(0.69, 1);
  });

  test('one a minute until now, and on: whoever was asked about since the opening, in the same order', () => {
    const opened = story.changes.find(({ kind }) => kind === 'rollout')!.time as number;
    const all = until(story, NOW + DAY);
    expect(all[0]!.time).toBe(story.begins);
    expect(all.every(({ time }, i) => time === story.begins + i * 60_000)).toBe(true);
    expect(asked.at(-1)!.time).toBe(Date.parse('2026-11-26T14:20:00Z'));
    const people = (questions: Question[]) => questions.map((q) => q.ask(stopwatch).features);
    const since = asked.filter(({ time }) => time >= opened);
    expect(people(all.slice(asked.length))).toEqual(people(since.slice(0, all.length - asked.length)));
    expect(new Set(all.map(({ label }) => label.id)).size).toBe(all.length);
  });

  test('sex, race and the survey weight are no inputs', () => {
    const first = asked[0]!.ask(stopwatch);
    expect(Object.keys(first.features!)).not.toEqual(expect.arrayContaining(['sex', 'race', 'fnlwgt']));
    expect(first.tags).toEqual({ sex: 'Male', race: 'Black' });
  });

  test('it is right about more than four in five whom it never saw', () => {
    const right = asked.filter((q) => q.ask(stopwatch).prediction === q.label.label).length;
    expect(right / asked.length).toBeGreaterThan(0.84);
  });
});
