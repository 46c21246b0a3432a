import { expect, test } from 'vitest';
import { normalised, probation, scoreSeries, worth } from './score.ts';

const STANDARD = { tpWeight: 1, fnWeight: 1, fpWeight: 0.11 };
/** The first window of the benchmark's iio_us-east-1_i-a2eb1cd9_NetworkIn.csv, of 1,243 rows. */
const WINDOW = { first: 218, last: 280 };
const ROWS = 1243;
const of = (...detections: number[]) => scoreSeries(detections, [WINDOW], ROWS, STANDARD).score;

// What the benchmark's own published results (results/ARTime, column S(t)_standard) say that a detection is worth, row by row.
test.each([
  [218, 1],
  [219, 0.9988874626029411],
  [220, 0.9976844152769112],
  [230, 0.9787732615413042],
  [240, 0.938189210572483],
  [251, 0.8419972189854174],
  [261, 0.669433064486017],
])('the published worth of row %i', (row, published) => {
  expect(of(row)).toBeCloseTo(published, 9);
});

test('the published score of a detector: none of two windows found and three false alarms', () => {
  const windows = [WINDOW, { first: 308, last: 370 }];
  expect(scoreSeries([190, 200, 210], windows, ROWS, STANDARD)).toEqual({
    ...{ score: expect.closeTo(-2.33, 12), found: 0, missed: 2, falseAlarms: 3 },
  });
});

test('only the first of a window counts; the probation is passed over; shortly after a window costs less', () => {
  expect(of(219, 225, 279)).toBe(of(219));
  expect(probation(ROWS)).toBe(186);
  expect(of(185, 219)).toBe(of(219));
  expect(of(219, 281)).toBeCloseTo(of(219) + 0.11 * worth(1 / 62), 12);
  expect(of(219, 900)).toBeCloseTo(of(219) - 0.11, 12);
  expect(probation(22_695)).toBe(750);
});

test('its scale: silence is 0, each first row and nothing else is 100', () => {
  expect(normalised(-2, 2, STANDARD)).toBe(0);
  expect(normalised(2, 2, STANDARD)).toBe(100);
});
