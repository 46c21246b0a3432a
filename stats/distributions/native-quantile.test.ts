import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { NativeHistogram } from './native-histogram.ts';
import { nativeQuantile } from './native-quantile.ts';

const cases = JSON.parse(
  readFileSync(new URL('../fixtures/native-histograms.json', import.meta.url), 'utf8'),
) as { name: string; last: Spans & { values: (number | null)[] } }[];

interface Spans {
  readonly schema: number;
  readonly zero_threshold: number;
  readonly zero_count: number;
  readonly positive: readonly { readonly offset: number; readonly length: number }[];
  readonly negative: readonly { readonly offset: number; readonly length: number }[];
  readonly positive_counts: readonly number[];
  readonly negative_counts: readonly number[];
  readonly bounds: readonly number[];
}

function side(spans: Spans['positive'], counts: readonly number[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  let at = 0;
  let i = 0;
  for (const { offset, length } of spans) {
    at += offset;
    for (let n = 0; n < length; n++) found.set(at++, counts[i++]!);
  }
  return found;
}

test.each(cases)("as Prometheus' histogram_quantile of one histogram: $name", ({ last }) => {
  const histogram: NativeHistogram = {
    ...{ schema: last.schema, bounds: last.bounds },
    ...{ zeroThreshold: last.zero_threshold, zeroCount: last.zero_count },
    positive: side(last.positive, last.positive_counts),
    negative: side(last.negative, last.negative_counts),
  };
  const quantiles = [0.1, 0.5, 0.95, 0.99];
  for (const [i, quantile] of quantiles.entries()) {
    const found = nativeQuantile(histogram, quantile)!;
    expect(found.value).toBeCloseTo(last.values[i]!, 9);
    expect(found.low).toBeLessThanOrEqual(found.value + 1e-12);
    expect(found.high).toBeGreaterThanOrEqual(found.value - 1e-12);
  }
});

test('without values there is none', () => {
  const nothing = { schema: 0, bounds: [], zeroThreshold: 0, zeroCount: 0 };
  expect(nativeQuantile({ ...nothing, positive: new Map(), negative: new Map() }, 0.5)).toBeNull();
});
