import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueAt, watermark } from './watermark.ts';

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(`2026-03-02T${text}:00Z`);

const cases: [string, Parameters<typeof watermark>[0], string | 0, string, boolean][] = [
  [
    'nothing was ever received',
    { now: at('10:00'), bucketMs: HOUR, newestEvent: null, lastReceived: 0 },
    0,
    'no_events',
    false,
  ],
  [
    'an hour that just ended may still fill',
    { now: at('10:03'), bucketMs: HOUR, newestEvent: at('10:03'), lastReceived: at('10:03') },
    '09:00',
    'event_time',
    true,
  ],
  [
    'events a tenth of an hour past the end close it',
    { now: at('10:06'), bucketMs: HOUR, newestEvent: at('10:06'), lastReceived: at('10:06') },
    '10:00',
    'event_time',
    true,
  ],
  [
    'a live stream that stopped closes hour after hour by the wall clock',
    { now: at('13:07'), bucketMs: HOUR, newestEvent: at('09:40'), lastReceived: at('09:40') },
    '13:00',
    'idle',
    true,
  ],
  [
    'a live stream that paused for less than the grace is waited for',
    { now: at('10:06'), bucketMs: HOUR, newestEvent: at('09:59'), lastReceived: at('10:01') },
    '09:00',
    'event_time',
    true,
  ],
  [
    'a replay that still runs is judged by its own time only',
    {
      now: at('18:00') + 30 * 24 * HOUR,
      bucketMs: HOUR,
      newestEvent: at('09:40'),
      lastReceived: at('18:00') + 30 * 24 * HOUR,
    },
    '09:00',
    'event_time',
    false,
  ],
  [
    'a replay that ended closes its last hour and no later one',
    {
      now: at('18:10') + 30 * 24 * HOUR,
      bucketMs: HOUR,
      newestEvent: at('09:40'),
      lastReceived: at('18:00') + 30 * 24 * HOUR,
    },
    '10:00',
    'idle',
    false,
  ],
  [
    'one sender with a fast clock does not close buckets that have not come',
    { now: at('10:30'), bucketMs: HOUR, newestEvent: at('23:00'), lastReceived: at('10:30') },
    '10:00',
    'event_time',
    true,
  ],
];

test.each(cases)('%s', (_name, stream, completeTo, reason, live) => {
  const result = watermark(stream);
  expect(result).toEqual({ completeTo: completeTo === 0 ? 0 : at(completeTo), reason, live });
});

const day = 24 * 60;
const minutes = fc.integer({ min: 0, max: 2 * day }).map((minute) => at('00:00') + minute * 60_000);
const bucket = fc.constantFrom(60_000, 600_000, HOUR, 6 * HOUR);

test('the moment a bucket is due by the clock alone is the first at which it is complete', () => {
  fc.assert(
    fc.property(bucket, minutes, minutes, minutes, (bucketMs, newestEvent, lastReceived, judged) => {
      const judgedTo = Math.floor(judged / bucketMs) * bucketMs;
      const stream = { bucketMs, newestEvent, lastReceived };
      const due = dueAt(stream, judgedTo);
      const complete = (now: number) => watermark({ ...stream, now }).completeTo > judgedTo;
      if (due === null) {
        expect(complete(Math.max(newestEvent, lastReceived, judgedTo) + 30 * 24 * HOUR)).toBe(false);
        return;
      }
      expect(complete(due)).toBe(true);
      if (due > lastReceived) expect(complete(due - 1)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test('a stream that goes on has no such moment before its grace, a replay that is judged to its end none at all', () => {
  const live = { bucketMs: HOUR, newestEvent: at('10:30'), lastReceived: at('10:30') };
  expect(dueAt(live, at('10:00'))).toBe(at('11:06'));
  const replay = { bucketMs: HOUR, newestEvent: at('10:30'), lastReceived: at('10:30') + 40 * 24 * HOUR };
  expect(dueAt(replay, at('10:00'))).toBe(replay.lastReceived + 360_000);
  expect(dueAt(replay, at('11:00'))).toBeNull();
});
