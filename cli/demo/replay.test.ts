import { expect, test } from 'vitest';
import type { Label, Prediction, Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import { replay } from './replay.ts';
import { DAY, HOUR, type Question, type Story } from './story.ts';

const question = (time: number): Question => ({
  time,
  ask: () => ({ model: 'm', id: String(time), time, prediction: 1 }),
  label: { model: 'm', id: String(time), label: 1, time: time + 2 * DAY },
});

function story(questions: Question[]): Story {
  return { model: { id: 'm' }, reference: { name: 'r', csv: '' }, changes: [], questions, trained: '' };
}

async function sent(questions: Question[], speed = Number.POSITIVE_INFINITY) {
  const log: { kind: string; times: number[] }[] = [];
  const waits: number[] = [];
  const record = (kind: string) => async (events: readonly (Prediction | Label)[]) => {
    log.push({ kind, times: events.map(({ time }) => time as number) });
    const received = events.length;
    return { received, stored: received, duplicates: 0, rejected: [], rejected_total: 0 };
  };
  const client = { predictions: record('predictions'), labels: record('labels') } as unknown as Tiltmeter;
  const counts = await replay(client, [story(questions)], {
    stopwatch: () => 0,
    speed,
    sleep: async (ms) => {
      waits.push(ms);
    },
    progress: () => {},
  });
  return { log, waits, counts };
}

const hours = Array.from({ length: 10 * 24 }, (_, i) => question(i * HOUR));

test('predictions go in the order of time, each once', async () => {
  const { log, counts } = await sent(hours);
  const times = log.filter(({ kind }) => kind === 'predictions').flatMap((call) => call.times);
  expect(times).toEqual(hours.map(({ time }) => time));
  expect(counts.predictions).toBe(hours.length);
});

test('no label is sent before its time has come, and none that lies beyond the data', async () => {
  const { log, counts } = await sent(hours);
  let now = 0;
  for (const { kind, times } of log) {
    if (kind === 'predictions') now = Math.max(now, ...times.map((time) => time + HOUR));
    else expect(Math.max(0, ...times)).toBeLessThanOrEqual(now);
  }
  const end = hours.at(-1)!.time + 1;
  expect(counts.labels).toBe(hours.filter(({ label }) => label.time <= end).length);
});

test('the speed is days of event time per second', async () => {
  const { waits } = await sent(hours, 5);
  expect(waits.at(-1)).toBeCloseTo((10 / 5) * 1000, -2);
});
