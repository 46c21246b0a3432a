import fc from 'fast-check';
import { STAGES } from '../../contract/stage.ts';
import { type BodyRequest, damaged, packed } from './body-request.ts';

/** Requests of the bulk API: actions and documents in their order or not, documents flat, nested and deep. */
export function anyBulk(): fc.Arbitrary<BodyRequest> {
  const odd = <T>(usual: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: fc.jsonValue() });
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('joined 7 rows', ''));
  const about = odd(fc.record({ _index: odd(text), _id: odd(text) }, { requiredKeys: [] }));
  const action = fc
    .tuple(fc.constantFrom('create', 'create', 'create', 'index', 'index', 'update', 'delete', 'drop'), about)
    .map(([name, about]) => ({ [name]: about }));
  const { nested } = fc.letrec((tie) => ({
    nested: fc.oneof(
      { maxDepth: 12, depthSize: 'large' },
      fc.oneof(text, fc.integer(), fc.constant(null)),
      fc.dictionary(fc.constantFrom('a', 'log', 'level', '.', '', '__proto__'), tie('nested'), {
        maxKeys: 2,
      }),
    ),
  }));
  const document = fc.record(
    {
      '@timestamp': odd(
        fc.oneof(fc.constant('2026-06-20T10:00:00Z'), fc.integer({ min: 0, max: 1_790_000_000_000 }), text),
      ),
      ...{ model: odd(fc.constantFrom('m1', 'm2')), stage: odd(fc.constantFrom(...STAGES)) },
      ...{ level: odd(fc.constantFrom('WARNING', 'info', 'crit')), message: odd(text), msg: odd(text) },
      ...{ duration_ms: odd(fc.constantFrom(1, '2.5', '-1')), rows: odd(fc.nat()) },
      ...{ trace: nested, labels: nested, 'tiltmeter.stage': odd(text) },
    },
    { requiredKeys: ['model', 'stage'] },
  );
  const pair = fc.oneof(
    { weight: 12, arbitrary: fc.tuple(action, odd(document)) },
    { weight: 1, arbitrary: action.map((each) => [each]) },
    { weight: 1, arbitrary: odd(document).map((each) => [each]) },
  );
  return fc
    .record({
      index: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom('', '/ml-inference-2026.06.20', '/logs') },
        text.map((each) => `/${encodeURIComponent(each.toWellFormed()) || 'x'}`),
      ),
      query: fc.constantFrom('', '', '', '?model=m1', '?model=m1&stage=features', '?stage=none', '?pretty'),
      pairs: fc.array(pair, { maxLength: 6 }),
      end: fc.constantFrom('\n', '\n', ''),
      damage: damaged(),
      pack: packed(),
    })
    .map(({ index, query, pairs, end, damage, pack }) => {
      const lines = pairs.flat().map((each) => JSON.stringify(each));
      const sent = pack(damage(Buffer.from(lines.join('\n') + end)));
      const headers = { ...sent.headers, 'content-type': 'application/x-ndjson' };
      return { path: `/api/v1/elasticsearch${index}/_bulk${query}`, body: sent.body, headers };
    });
}
