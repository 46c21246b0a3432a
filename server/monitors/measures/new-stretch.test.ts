import { expect, test } from 'vitest';
import { newStretch } from './new-stretch.ts';

const SETTINGS = { window: 24, minN: 1, threshold: 0.1 };

/** The first bucket at which something is told, and how long its part is; `far`: how far each bucket is from the reference. The surer, the longer a part. */
function told(far: readonly number[]): { bucket: number; length: number } | null {
  for (let index = 0; index < far.length; index++) {
    const found = newStretch(
      (from, to) => to - from,
      index,
      SETTINGS,
      ({ from, to }) => {
        const part = far.slice(from, to);
        const value = part.reduce((sum, each) => sum + each, 0) / part.length;
        const doubt = 0.1 / Math.sqrt(part.length);
        return { value, low: value - doubt, high: value + doubt };
      },
    );
    if (found !== null) return { bucket: index, length: found.to - found.from };
  }
  return null;
}

const stretch = (length: number, far: number) => new Array<number>(length).fill(far);

test.each<[name: string, far: number[], expected: ReturnType<typeof told>]>([
  ['nothing', stretch(60, 0.02), null],
  ['a step, by its first bucket', [...stretch(40, 0), ...stretch(5, 0.3)], { bucket: 40, length: 1 }],
  [
    'a step in the first window, as soon as that is over',
    [...stretch(20, 0), ...stretch(5, 0.3)],
    { bucket: 24, length: 1 },
  ],
  [
    'a shift that grew, by its newest part: that it had begun is not usual',
    [...stretch(40, 0), ...stretch(12, 0.11), ...stretch(5, 0.17)],
    { bucket: 54, length: 3 },
  ],
  ['what is far off for most of a window', [...stretch(20, 0.11), ...stretch(30, 0.15)], null],
  ['what comes every night', Array.from({ length: 96 }, (_, hour) => (hour % 24 < 6 ? 0.2 : 0)), null],
  [
    'what comes every night by and by',
    Array.from({ length: 96 }, (_, hour) => [0.05, 0.11, 0.12, 0.2, 0.2, 0.2, 0.11, 0.05][hour % 24] ?? 0),
    null,
  ],
])('%s', (_name, far, expected) => expect(told(far)).toEqual(expected));
