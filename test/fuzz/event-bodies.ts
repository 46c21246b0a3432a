import fc from 'fast-check';
import { EVENT_KINDS } from '../../server/events/kinds/index.ts';
import { type BodyRequest, damaged, packed } from './body-request.ts';

/** Nearly right events, any JSON, any bytes, for a door of events. */
export function anyEvents(): fc.Arbitrary<BodyRequest> {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ maxLength: 10 }));
  const scalar = fc.oneof(fc.double(), fc.integer(), text, fc.boolean(), fc.constant(null));
  const odd = <T>(usual: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 40, arbitrary: usual }, { weight: 1, arbitrary: fc.jsonValue() });
  const name = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom('a', 'b', 'größe', 'x y', '名前') },
    { weight: 1, arbitrary: text },
  );
  const mapOf = (value: fc.Arbitrary<unknown>) => odd(fc.dictionary(name, odd(value), { maxKeys: 5 }));
  const number = fc.double({ noNaN: true });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const recent = fc.date({ min: new Date('2026-06-01'), max: new Date('2026-09-01'), noInvalidDate: true });
  const whole = {
    model: odd(fc.constantFrom('m1', 'm1', 'm2', 'm2', 'M.3', 'M.3', 'a/b')),
    id: odd(fc.oneof(fc.uuid(), text, fc.constantFrom('1', '2', '3'))),
    time: odd(
      fc.oneof(
        { weight: 4, arbitrary: fc.integer({ min: 1_780_000_000_000, max: 1_790_000_000_000 }) },
        { weight: 4, arbitrary: recent.map((at) => at.toISOString()) },
        fc.date().map(String),
        fc.integer({ min: 9e11, max: 1.9e12 }),
        fc.integer(),
      ),
    ),
    features: mapOf(scalar),
    prediction: odd(scalar),
    score: odd(share),
    probabilities: mapOf(share),
    latency_ms: odd(fc.double({ min: 0, noNaN: true })),
    error: odd(text),
    attributions: mapOf(number),
    tags: mapOf(fc.oneof(text, fc.integer())),
    label: odd(scalar),
    metric: odd(text),
    value: odd(fc.double()),
    kind: odd(text),
    title: odd(text),
    url: odd(fc.webUrl()),
    source: odd(text),
    stage: odd(fc.constantFrom('ingestion', 'features', 'inference')),
    level: odd(fc.constantFrom('info', 'error')),
    message: odd(text),
    duration_ms: odd(fc.double({ min: 0, noNaN: true })),
    rows: odd(fc.nat()),
    attributes: mapOf(fc.oneof(text, fc.integer(), fc.boolean())),
    definition: odd(fc.constant(1)),
    agent: odd(fc.constantFrom('one', 'two')),
    sequence: odd(fc.nat({ max: 3 })),
    column: odd(fc.constantFrom('a', 'b', '_all')),
    type: odd(fc.constantFrom('numeric', 'categorical', 'rows')),
    n: odd(fc.integer({ min: 1, max: 3 })),
    missing: odd(fc.integer({ min: 0, max: 3 })),
    names: odd(fc.array(name, { maxLength: 2 })),
    name_counts: odd(fc.array(fc.integer({ min: 1, max: 2 }), { maxLength: 2 })),
  };
  const event = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record(whole, {
        requiredKeys: [
          ...(['model', 'prediction', 'label', 'metric', 'value', 'kind', 'stage'] as const),
          ...(['definition', 'agent', 'sequence', 'column', 'type', 'n', 'time'] as const),
        ],
      }),
    },
    { weight: 1, arbitrary: fc.record(whole, { requiredKeys: [] }) },
  );
  const fields: Record<string, string[]> = {
    predictions: [
      'model',
      'id',
      'time',
      'features',
      'prediction',
      'score',
      'probabilities',
      'latency_ms',
      'error',
      'attributions',
      'tags',
    ],
    labels: ['model', 'id', 'label', 'time', 'source'],
    outcomes: ['model', 'metric', 'value', 'id', 'time'],
    changes: ['time', 'kind', 'title', 'model', 'url'],
    profiles: [
      ...['definition', 'model', 'agent', 'sequence', 'time', 'column', 'type', 'n', 'missing'],
      ...['names', 'name_counts'],
    ],
    stages: ['model', 'stage', 'time', 'level', 'message', 'duration_ms', 'rows', 'attributes'],
  };
  const pick = (kind: string, whole: Record<string, unknown>, all: boolean) =>
    all
      ? whole
      : Object.fromEntries(
          fields[kind]!.filter((field) => field in whole).map((field) => [field, whole[field]]),
        );
  return fc
    .record({
      kind: fc.constantFrom(...Object.keys(EVENT_KINDS)),
      events: fc.array(fc.tuple(event, fc.integer({ min: 0, max: 20 })), { maxLength: 6 }),
      shape: fc.constantFrom('array', 'lines', 'lines', 'one', 'json', 'bytes'),
      json: fc.jsonValue(),
      bytes: fc.uint8Array({ maxLength: 200 }),
      damage: damaged(),
      pack: packed(),
      key: fc.oneof(
        { weight: 9, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constantFrom('k1', 'k2') },
      ),
    })
    .map(({ kind, events, shape, json, bytes, damage, pack, key }) => {
      const rows = events.map(([whole, n]) => pick(kind, whole, n === 0));
      let body: Buffer = Buffer.from(bytes);
      if (shape === 'array') body = Buffer.from(JSON.stringify(rows));
      if (shape === 'lines') body = Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n'));
      if (shape === 'one') body = Buffer.from(JSON.stringify(rows[0] ?? json));
      if (shape === 'json') body = Buffer.from(JSON.stringify(json));
      const sent = pack(damage(body));
      const headers: Record<string, string> = {
        ...sent.headers,
        'content-type': shape === 'lines' ? 'application/x-ndjson' : 'application/json',
      };
      if (key !== undefined) headers['idempotency-key'] = key;
      return { path: `/api/v1/${kind}`, body: sent.body, headers };
    });
}
