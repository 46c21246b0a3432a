import fc from 'fast-check';
import { expect, test } from 'vitest';
import { onlySample, readSamples } from './read-samples.ts';

const FIELDS = { samples: 2, histograms: 4 };

/** A varint of any number of 64 bits. */
function varint(number: bigint): number[] {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, number);
  for (; left > 127n; left >>= 7n) bytes.push(Number(left & 127n) | 128);
  return [...bytes, Number(left)];
}

function sample(value: number | undefined, time: bigint | undefined): number[] {
  const double = Buffer.alloc(8);
  double.writeDoubleLE(value ?? 0);
  const inside = [
    ...(value === undefined ? [] : [0x09, ...double]),
    ...(time === undefined ? [] : [0x10, ...varint(time)]),
  ];
  return [0x12, inside.length, ...inside];
}

const read = (bytes: readonly number[]) => {
  const body = Buffer.from(bytes);
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const quick = onlySample(view, 0, body.length, FIELDS);
  return { quick, thorough: () => readSamples(body, 0, body.length, FIELDS) };
};

test('one sample by itself is read as a reader reads it', () => {
  const now = BigInt(Date.UTC(2026, 0, 1));
  const { quick, thorough } = read(sample(4.5, now));
  expect(quick).toEqual({ times: [Number(now)], values: [4.5], stale: new Set(), histograms: [] });
  expect(thorough()).toEqual(quick);
  const stale = [0x12, 11, 0x09, 2, 0, 0, 0, 0, 0, 0xf0, 0x7f, 0x10, 1];
  expect(read(stale).quick?.stale).toEqual(new Set([0]));
});

test('whatever is read quickly is read alike thoroughly, and what is cut off is left to the reader', () => {
  const bytes = fc
    .tuple(
      fc.option(fc.double(), { nil: undefined }),
      fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { nil: undefined }),
      fc.option(fc.bigInt({ min: 0n, max: 2n ** 44n }), { nil: undefined }),
      fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 3 }),
      fc.nat(24),
    )
    .map(([value, any, usual, more, cut]) => {
      const whole = [...sample(value, usual ?? any), ...more];
      return cut > 20 ? whole.slice(0, whole.length - (cut - 20)) : whole;
    });
  fc.assert(
    fc.property(bytes, (some) => {
      const { quick, thorough } = read(some);
      if (quick !== undefined) expect(thorough()).toEqual(quick);
    }),
    { numRuns: 2000 },
  );
});
