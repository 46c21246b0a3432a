import { expect, test } from 'vitest';
import { trafficPoints } from './traffic.ts';

const HOUR = 3_600_000;
const at = (hour: number) => new Date(hour * HOUR).toISOString();

test('several buckets are told as their mean, and the one that fills says so', () => {
  const traffic = {
    ...{ model: 'm', from: at(0), to: at(4), step_ms: 2 * HOUR, filling: at(3) },
    points: [
      { time: at(0), n: 10 },
      { time: at(2), n: 4 },
    ],
  };
  expect(trafficPoints(traffic, HOUR)).toMatchObject([
    { time: 0, value: 5, n: 10, status: 'ok' },
    { time: 2 * HOUR, value: 2, n: 4, status: 'filling' },
  ]);
  expect(trafficPoints({ ...traffic, filling: null }, HOUR)[1]).toMatchObject({ status: 'ok' });
});
