import fc from 'fast-check';
import * as snappy from '../../server/telemetry/remote-write/messages.testing.ts';
import { type BodyRequest, damaged, packed } from './body-request.ts';
import { wireFields } from './wire-fields.ts';

/** Nearly right samples of both versions of remote write, references to symbols that there are not, fields of any form, any bytes. */
export function anySamples(): fc.Arbitrary<BodyRequest> {
  const text = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom('__name__', 'job', 'pod', 'namespace', 'up', 'größe', '__proto__'),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  );
  const timestamp = fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 1_780_000_000_000, max: 1_790_000_000_000 }) },
    { weight: 1, arbitrary: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String) },
  );
  const few = <T>(each: fc.Arbitrary<T>) => fc.array(each, { maxLength: 4 });
  const samples = few(fc.record({ value: fc.double(), timestamp }, { requiredKeys: ['timestamp'] }));
  const type = fc.integer({ min: -1, max: 9 });
  const histograms = few(fc.record({ timestamp, sum: fc.double() }));
  const one = fc.record({
    timeseries: few(
      fc.record({
        labels: few(fc.record({ name: text, value: text })).map((labels) => [
          { name: '__name__', value: 'up' },
          ...labels,
        ]),
        ...{ samples, histograms },
      }),
    ),
    metadata: few(fc.record({ type, metricFamilyName: text, help: text, unit: text })),
  });
  const reference = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 4 }) }, fc.nat());
  const two = fc.record({
    symbols: few(text).map((symbols) => ['', '__name__', 'up', ...symbols]),
    timeseries: few(
      fc.record({
        labelsRefs: few(reference).map((more) => [1, 2, ...more]),
        ...{ samples, histograms },
        metadata: fc.record({ type, helpRef: reference, unitRef: reference }),
      }),
    ),
  });
  return fc
    .record({
      body: fc.oneof(
        { weight: 4, arbitrary: one.map((value) => snappy.encoded('WriteRequest', value)) },
        { weight: 4, arbitrary: two.map((value) => snappy.encoded('Request', value)) },
        { weight: 2, arbitrary: wireFields() },
        { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
      ),
      type: fc.constantFrom(snappy.V1, snappy.V2, snappy.V2, 'application/json'),
      damage: damaged(),
      pack: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: packed() }),
      after: damaged(),
    })
    .map(({ body, type, damage, pack, after }) => {
      const bytes = damage(body);
      const sent = pack?.(bytes) ?? {
        body: after(snappy.packed(bytes)),
        headers: { 'content-encoding': 'snappy' },
      };
      return { path: '/api/v1/write', body: sent.body, headers: { ...sent.headers, 'content-type': type } };
    });
}
