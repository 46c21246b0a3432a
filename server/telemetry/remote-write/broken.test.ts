import { expect, test } from 'vitest';
import { TiltmeterError } from '../../../contract/errors.ts';
import { random as randomOf } from '../../../stats/random.ts';
import { seriesOf } from './labels.ts';
import { request2, type Series, writeRequest } from './messages.testing.ts';
import { readV1 } from './read-v1.ts';
import { readV2 } from './read-v2.ts';
import type { SentRequest } from './sent-series.ts';

const MOST = 1000;
const series: Series[] = Array.from({ length: 5 }, (_, i) => ({
  labels: { __name__: `m${i}`, job: 'a', instance: `10.0.0.${i}:80` },
  samples: [[1_774_000_000_000 + i, i]],
  histograms: i % 2 === 0 ? [] : [{ countInt: 1, sum: 1, timestamp: 1_774_000_000_000 }],
}));

/** Everything that can be asked of a request; codes of what was refused. */
function readAll(read: () => SentRequest): Set<string> {
  const codes = new Set<string>();
  const refused = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof TiltmeterError)) throw error;
      codes.add(error.code);
    }
  };
  refused(() => {
    const { series, metadata } = read();
    for (const each of series)
      for (const ask of [
        () => each.key(),
        () => seriesOf(each.labels()),
        () => each.samples(),
        () => each.metadata(),
      ])
        refused(ask);
    for (const _ of metadata);
  });
  return codes;
}

test.each([
  ['1.0', writeRequest(series, [{ type: 1, metricFamilyName: 'm1', help: 'h', unit: 's' }]), readV1],
  ['2.0', request2(series, [1, 'help', 'seconds']), readV2],
] as const)(
  'bodies of %s with bytes that were changed, cut or doubled: refused by a code, or read',
  (_, whole, read) => {
    expect(readAll(() => read(whole, MOST))).toEqual(new Set());
    const random = randomOf(7);
    const codes = new Set<string>();
    for (let n = 0; n < 3000; n++) {
      const body = Buffer.from(whole);
      for (let i = 0; i <= n % 4; i++) body[Math.floor(random() * body.length)] = Math.floor(random() * 256);
      const from = n % 3 === 0 ? Math.floor(random() * body.length) : 0;
      const to = n % 5 === 0 ? Math.floor(random() * body.length) : body.length;
      for (const code of readAll(() => read(body.subarray(from, Math.max(from, to)), MOST))) codes.add(code);
    }
    expect([...codes].sort()).toEqual(['invalid_protobuf', 'invalid_telemetry']);
  },
);

test('a body of empty messages, which packs to nothing, is refused before each is an object', () => {
  for (const [tag, read] of [
    [0x0a, readV1],
    [0x1a, readV1],
    [0x22, readV2],
    [0x2a, readV2],
    [0x7a, readV2],
  ] as const) {
    const body = Buffer.alloc(2_000_000, Buffer.from([tag, 0]));
    expect(readAll(() => read(body, MOST))).toEqual(new Set(['body_too_large']));
  }
});
