import { expect, test } from 'vitest';
import type { Label, Prediction, Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import { follow } from './follow.ts';
import { replay } from './replay.ts';
import { createSender } from './sender.ts';
import { DAY, HOUR, type Question, type Story } from './story.ts';

const question = (time: number): Question => ({
  time,
  ask: () => ({ model: 'm', id: String(time), time, prediction: 1 }),
  label: { model: 'm', id: String(time), label: 1, time: time + 2 * DAY },
});

function story(questions: Iterable<Question>): Story {
  return {
    model: { id: 'm' },
    reference: { name: 'r', csv: '' },
    changes: [],
    begins: 0,
    questions,
    trained: '',
  };
}

/** A sender whose client notes what it is given. */
function recorded(questions: Iterable<Question>) {
  const log: { kind: string; times: number[] }[] = [];
  const record = (kind: string) => async (events: readonly (Prediction | Label)[]) => {
    log.push({ kind, times: events.map(({ time }) => time as number) });
    const received = events.length;
    return { received, stored: received, duplicates: 0, rejected: [], rejected_total: 0 };
  };
  const client = { predictions: record('predictions'), labels: record('labels') } as unknown as Tiltmeter;
  const sender = createSender(client, [story(questions)], () => 0);
  const times = (kind: string) => log.filter((call) => call.kind === kind).flatMap((call) => call.times);
  return { log, sender, times };
}

async function replayed(questions: Iterable<Question>, to: number, speed = Number.POSITIVE_INFINITY) {
  const recording = recorded(questions);
  const waits: number[] = [];
  await replay(recording.sender, {
    from: 0,
    to,
    speed,
    stopwatch: () => 0,
    sleep: async (ms) => {
      waits.push(ms);
    },
    progress: () => {},
  });
  return { ...recording, waits };
}

/** For ever, one an hour. */
const hourly: Iterable<Question> = {
  *[Symbol.iterator]() {
    for (let time = 0; ; time += HOUR) yield question(time);
  },
};
const hours = Array.from({ length: 10 * 24 }, (_, i) => question(i * HOUR));
const END = hours.at(-1)!.time;

test('predictions go in the order of time, each once, and none whose time has not come', async () => {
  const { times, sender } = await replayed(hourly, END);
  expect(times('predictions')).toEqual(hours.map(({ time }) => time));
  expect(sender.sent.predictions).toBe(hours.length);
  expect(sender.newest.get('m')).toBe(END);
});

test('no label is sent before its time has come, and none that lies beyond the present', async () => {
  const { log, times } = await replayed(hourly, END);
  let now = 0;
  for (const call of log) {
    if (call.kind === 'predictions') now = Math.max(now, ...call.times);
    else expect(Math.max(0, ...call.times)).toBeLessThanOrEqual(now);
  }
  const known = hours.map(({ label }) => label.time).filter((time) => time <= END);
  expect(times('labels')).toEqual(known);
});

test('the speed is days of event time per second', async () => {
  const { waits } = await replayed(hourly, 10 * DAY, 5);
  expect(waits.at(-1)).toBeCloseTo((10 / 5) * 1000, -2);
});

test('after the replay everything goes when its time has come, until it is stopped', async () => {
  const { sender, times } = await replayed(hourly, END);
  let now = END;
  let looks = 0;
  const pause = async () => {
    now += HOUR / 2;
    looks++;
  };
  await follow(sender, { clock: () => now, pause, stopped: () => looks === 8 });
  const later = [1, 2, 3].map((hour) => END + hour * HOUR);
  expect(times('predictions').slice(hours.length)).toEqual(later);
  expect(times('labels').at(-1)).toBe(later.at(-1)!);
});

test('what has come to its end is no trouble', async () => {
  const { sender } = await replayed(hours, END + DAY);
  await sender.upTo(END + 30 * DAY);
  expect(sender.sent).toEqual({ predictions: hours.length, labels: hours.length, rejected: 0 });
});
