import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Prediction } from '../../../contract/prediction.ts';
import { type PredictionRules, validatePrediction } from './prediction.ts';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const rules: PredictionRules = { now: NOW, escapes: true };

const refusals: [name: string, event: unknown, code: string][] = [
  ['text', 'x', 'invalid_event'],
  ['array', [], 'invalid_event'],
  ['null', null, 'invalid_event'],
  ['no model', { prediction: 1 }, 'missing_field'],
  ['nothing said', { model: 'm' }, 'missing_field'],
  ['model of the wrong type', { model: 7, prediction: 1 }, 'invalid_field'],
  ['model with slashes', { model: 'a/../b', prediction: 1 }, 'invalid_model_name'],
  ['empty model', { model: '', prediction: 1 }, 'invalid_model_name'],
  ['unknown field', { model: 'm', prediction: 1, color: 'red' }, 'unknown_field'],
  ['__proto__', JSON.parse('{"model":"m","prediction":1,"__proto__":{"x":1}}'), 'unknown_field'],
  ['__proto__ feature', JSON.parse('{"model":"m","features":{"__proto__":1}}'), 'invalid_feature_name'],
  ['empty id', { model: 'm', prediction: 1, id: '' }, 'invalid_id'],
  ['id with a line feed', { model: 'm', prediction: 1, id: 'a\nb' }, 'invalid_id'],
  ['numeric id', { model: 'm', prediction: 1, id: 5 }, 'invalid_id'],
  ['1970', { model: 'm', prediction: 1, time: 0 }, 'invalid_time'],
  ['2100', { model: 'm', prediction: 1, time: '2100-01-01T00:00:00Z' }, 'invalid_time'],
  ['31 February', { model: 'm', prediction: 1, time: '2026-02-31T00:00:00Z' }, 'invalid_time'],
  ['hour 24', { model: 'm', prediction: 1, time: '2026-02-01T24:00:00Z' }, 'invalid_time'],
  ['words for a time', { model: 'm', prediction: 1, time: 'yesterday' }, 'invalid_time'],
  ['1e400', JSON.parse('{"model":"m","features":{"a":1e400}}'), 'number_not_finite'],
  ['1e400 as score', JSON.parse('{"model":"m","prediction":1,"score":-1e400}'), 'number_not_finite'],
  ['lone surrogate', { model: 'm', features: { a: '\ud800' } }, 'invalid_unicode'],
  ['NUL', { model: 'm', prediction: 'a\u0000b' }, 'invalid_unicode'],
  ['long string', { model: 'm', features: { a: 'x'.repeat(8193) } }, 'string_too_long'],
  ['long version', { model: 'm', prediction: 1, version: 'x'.repeat(129) }, 'string_too_long'],
  ['fixed name', { model: 'm', features: { _id: 1 } }, 'invalid_feature_name'],
  ['quoting', { model: 'm', features: { '"; drop table': 1 } }, 'invalid_feature_name'],
  ['empty name', { model: 'm', features: { '': 1 } }, 'invalid_feature_name'],
  ['nested feature', { model: 'm', features: { a: { b: 1 } } }, 'invalid_field'],
  ['list feature', { model: 'm', features: { a: [1] } }, 'invalid_field'],
  ['features as list', { model: 'm', features: [1] }, 'invalid_field'],
  ['negative latency', { model: 'm', prediction: 1, latency_ms: -1 }, 'invalid_field'],
  ['text as score', { model: 'm', prediction: 1, score: '0.5' }, 'invalid_field'],
  ['null probability', { model: 'm', prediction: 1, probabilities: { a: null } }, 'invalid_field'],
  ['numeric tag', { model: 'm', prediction: 1, tags: { a: 1 } }, 'invalid_field'],
];

describe('refused', () => {
  test.each(refusals)('%s', (_name, event, code) => {
    expect(validatePrediction(event, rules)).toMatchObject({ code });
  });
});

test('the time is the one of the event, or now', () => {
  expect(validatePrediction({ model: 'm', prediction: null }, rules)).toBe(NOW);
  expect(validatePrediction({ model: 'm', error: 'timeout' }, rules)).toBe(NOW);
  expect(validatePrediction({ model: 'm', features: {}, time: '2026-11-20T10:00:00.5+02:00' }, rules)).toBe(
    NOW - 7_200_000 + 500,
  );
  expect(validatePrediction({ model: 'm', features: {}, time: String(NOW - 5) }, rules)).toBe(NOW - 5);
});

/** Codes for what the schema does not say. */
const BEYOND = new Set([
  'missing_field',
  'invalid_time',
  'invalid_id',
  'invalid_feature_name',
  'string_too_long',
  'invalid_unicode',
  'invalid_field',
]);

test('epoch seconds are told from a wrong time, with the milliseconds they mean', () => {
  expect(validatePrediction({ model: 'm', features: {}, time: 1_760_000_000 }, rules)).toMatchObject({
    code: 'invalid_time',
    message: 'time 1760000000 is in epoch seconds; send milliseconds: 1760000000000',
  });
});

test('it refuses what the schema refuses, and more only for its own reasons', () => {
  const accepted = { both: 0, neither: 0 };
  fc.assert(
    fc.property(anyEvent(), (event) => {
      const mine = validatePrediction(event, rules);
      const schema = Prediction.safeParse(event);
      if (typeof mine === 'number') {
        expect(schema.error?.issues).toBeUndefined();
        accepted.both++;
      } else if (schema.success) expect(BEYOND).toContain(mine.code);
      else accepted.neither++;
    }),
    { numRuns: 5000, seed: 7 },
  );
  expect(accepted.both).toBeGreaterThan(500);
  expect(accepted.neither).toBeGreaterThan(500);
});

/** Events that are nearly right: each field is odd now and then. */
function anyEvent() {
  const seldom = <T>(usual: fc.Arbitrary<T>, weight = 40) =>
    fc.oneof(
      { weight, arbitrary: usual },
      { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(Number.POSITIVE_INFINITY, '\ud800', 'x'.repeat(200), 'a\u0000'),
      },
    );
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  const text = fc.string({ maxLength: 12 });
  const name = seldom(fc.constantFrom('age', 'sepal length (cm)', 'größe', 'a-b', 'x.y'), 90).map(String);
  const map = <T>(value: fc.Arbitrary<T>) => seldom(fc.dictionary(name, seldom(value), { maxKeys: 4 }));
  const cell = fc.oneof(finite, text, fc.boolean(), fc.constant(null));
  const time = fc.oneof(
    fc
      .date({ min: new Date('1999-01-01'), max: new Date('2026-12-01'), noInvalidDate: true })
      .map((d) => d.toISOString()),
    fc.integer({ min: 9e11, max: 1.8e12 }),
    fc.constantFrom(
      '2026-02-29T00:00:00Z',
      '2024-02-29T00:00:00Z',
      '2026-01-01T00:00:00+01:00',
      '2026-01-01',
      '1e3',
    ),
  );
  return fc.record(
    {
      model: seldom(fc.constantFrom('credit-risk', 'a.b', 'A1')),
      version: seldom(text),
      id: seldom(fc.uuid()),
      time: seldom(time),
      features: map(cell),
      prediction: seldom(cell),
      score: seldom(finite),
      probabilities: map(finite),
      latency_ms: seldom(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true })),
      error: seldom(fc.oneof(text, fc.constant(null))),
      trace_id: seldom(text),
      request_id: seldom(text),
      variant: seldom(text),
      attributions: map(finite),
      tags: map(text),
    },
    { requiredKeys: ['model', 'prediction'] },
  );
}
