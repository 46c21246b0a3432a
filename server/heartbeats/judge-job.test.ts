import { expect, test } from 'vitest';
import { JobSettings } from '../../contract/heartbeat.ts';
import { judgeJob, type Run } from './judge-job.ts';

const MIN = 60_000;
const HOUR = 60 * MIN;
const T0 = Date.UTC(2026, 10, 20);

/** A run ends at each of these hours, of an hour's work on 1,000 rows unless said otherwise. */
const ended = (hours: readonly number[], last: Partial<Run> = {}): Run[] =>
  hours.map((hour, i) => ({
    ...{ at: T0 + hour * HOUR, state: 'ok', rows: 1000, durationMs: HOUR },
    ...(i === hours.length - 1 ? last : {}),
  }));
const daily = [0, 24, 48, 72, 96];
const judge = (runs: readonly Run[], hour: number, change: object = {}, running: number | null = null) =>
  judgeJob(
    {
      runs,
      settings: JobSettings.parse(change),
      runningSince: running === null ? null : T0 + running * HOUR,
      listeningSince: T0,
    },
    T0 + hour * HOUR,
  );

test.each([
  ['in time', judge(ended(daily), 110), 'ok', 'ended well 14 h 0 min ago'],
  ['within its grace', judge(ended(daily), 126), 'ok', 'ended well 30 h'],
  ['late', judge(ended(daily), 127), 'late', 'for 31 h 0 min; it is expected every 24 h'],
  ['too few to say', judge(ended([0, 24, 48]), 900), 'learning', '3 of 5 runs'],
  ['at no regular time', judge(ended([0, 1, 50, 51, 99]), 900), 'learning', '5 of 5'],
  ['expected by people', judge(ended([0]), 3, { every_ms: HOUR, grace_ms: HOUR }), 'late', 'every 1 h'],
  ['failed', judge(ended(daily, { state: 'fail' }), 97), 'failed', 'said that it failed'],
  ['runs', judge(ended(daily), 121, {}, 120), 'running', 'runs for 1 h'],
  ['hangs', judge(ended(daily), 124, {}, 120), 'hanging', 'runs for 4 h 0 min and is not done; it takes 3 h'],
  ['hangs as people say', judge(ended([0]), 2, { longest_ms: MIN }, 1), 'hanging', 'takes 1 min at most'],
  ['did less', judge(ended(daily, { rows: 499 }), 97), 'shrunk', 'did 499 rows; usually it does 1000'],
  ['did little less', judge(ended(daily, { rows: 500 }), 97), 'ok', ''],
  ['did nothing at all', judge(ended(daily, { rows: null, durationMs: 40_000 }), 97), 'shrunk', 'took 40 s'],
  ['never said anything', judge([], 5), 'learning', '0 of 5'],
])('%s', (_, { verdict, sentence }, expected, said) => {
  expect([verdict, sentence]).toEqual([expected, expect.stringContaining(said)]);
});

test('of what nobody could hear, nobody was late', () => {
  const facts = { runs: ended(daily), settings: JobSettings.parse({}), runningSince: null };
  const at = (listening: number, hour: number) =>
    judgeJob({ ...facts, listeningSince: T0 + listening * HOUR }, T0 + hour * HOUR).verdict;
  expect([at(0, 200), at(199, 200), at(199, 206)]).toEqual(['late', 'ok', 'late']);
});
