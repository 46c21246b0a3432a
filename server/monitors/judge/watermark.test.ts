import { expect, test } from 'vitest';
import { watermark } from './watermark.ts';

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
