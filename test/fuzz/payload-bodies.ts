import fc from 'fast-check';
import { type BodyRequest, damaged, packed } from './body-request.ts';

/** An event of a payload logger, of one of two models, which its other half may have come to already or may never come to. */
function anyEvent(): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const odd = <T>(usual: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: fc.jsonValue() });
  const is = fc.constantFrom('request', 'response');
  const cell = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
  const few = <T>(each: fc.Arbitrary<T>) =>
    fc.oneof(
      { weight: 4, arbitrary: each.map((only) => [only]) },
      { weight: 1, arbitrary: fc.array(each, { maxLength: 3 }) },
    );
  const rows = few(odd(fc.tuple(cell, cell)));
  const tensor = fc.record({
    name: odd(fc.constantFrom('a', 'größe', '__proto__')),
    shape: odd(fc.constantFrom([1, 1], [1, 2], [2, 1], [1], [1e9, 1e9], [-1, 0.5], [])),
    datatype: fc.constantFrom('FP32', 'INT64', 'BYTES'),
    data: odd(fc.array(cell, { minLength: 1, maxLength: 2 })),
  });
  const tensors = odd(fc.array(tensor, { maxLength: 2 }));
  const asked = fc.oneof(
    { weight: 4, arbitrary: fc.record({ instances: odd(rows) }) },
    { weight: 2, arbitrary: fc.record({ inputs: tensors }) },
    fc.record({ inputs: odd(fc.dictionary(fc.string({ maxLength: 5 }), odd(rows), { maxKeys: 3 })) }),
  );
  const answered = fc.oneof(
    { weight: 4, arbitrary: fc.record({ predictions: odd(few(cell)) }) },
    { weight: 2, arbitrary: fc.record({ predictions: odd(rows) }) },
    fc.record({ outputs: tensors, model_name: odd(fc.constant('pay-1')) }),
  );
  return is.chain((is) =>
    fc.record(
      {
        specversion: odd(fc.constantFrom('1.0', '0.3', '0.1')),
        id: odd(fc.oneof({ weight: 9, arbitrary: fc.constantFrom('e1', 'e2', 'e3') }, fc.uuid())),
        type: odd(fc.constant(`org.kubeflow.serving.inference.${is}`)),
        time: odd(fc.constantFrom('2026-06-20T10:00:00Z', '2026-06-20T10:00:00.5Z')),
        inferenceservicename: odd(fc.constantFrom('pay-1', 'pay-2')),
        traceparent: odd(fc.constant('00-90a2951c292515b95056d5f778a7824b-d3c911c939c7bef6-00')),
        data: odd<unknown>(is === 'request' ? asked : answered),
      },
      { requiredKeys: ['id', 'type', 'data', 'inferenceservicename'] },
    ),
  );
}

/** CloudEvents in both modes, alone and in batches, with their data as it is or in Base64. */
export function anyPayload(): fc.Arbitrary<BodyRequest> {
  return fc
    .record({
      path: fc.constantFrom('/cloudevents', '/api/v1/cloudevents', '/api/v1/cloudevents?model=pay-1'),
      events: fc.array(anyEvent(), { maxLength: 5 }),
      shape: fc.constantFrom('batch', 'batch', 'batch', 'one', 'binary', 'binary', 'base64', 'bytes'),
      bytes: fc.uint8Array({ maxLength: 100 }),
      damage: damaged(),
      pack: packed(),
    })
    .map(({ path, events, shape, bytes, damage, pack }) => {
      const [first = {}] = events;
      let body: Buffer = Buffer.from(bytes);
      let headers: Record<string, string> = { 'content-type': 'application/cloudevents+json' };
      if (shape === 'batch') body = Buffer.from(JSON.stringify(events));
      if (shape === 'one') body = Buffer.from(JSON.stringify(first));
      if (shape === 'base64') {
        const { data, ...attributes } = first as Record<string, unknown>;
        const data_base64 = Buffer.from(JSON.stringify(data) ?? '').toString('base64');
        body = Buffer.from(JSON.stringify({ ...attributes, data_base64 }));
      }
      if (shape === 'binary') {
        const { data, ...attributes } = first as Record<string, unknown>;
        body = Buffer.from(JSON.stringify(data) ?? '');
        headers = { 'content-type': 'application/json' };
        for (const [name, value] of Object.entries(attributes)) headers[`ce-${name}`] = asHeader(value);
      }
      const sent = pack(damage(body));
      return { path, body: sent.body, headers: { ...sent.headers, ...headers } };
    });
}

/** A value as a header may have it. */
const asHeader = (value: unknown) =>
  (typeof value === 'string' ? value : JSON.stringify(value)).replace(/[^ -~]/g, '?').trim();

/** Files of data capture: records of an endpoint and of a batch transform, with the truth or without. */
export function anyCapture(): fc.Arbitrary<BodyRequest> {
  const odd = <T>(usual: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: fc.jsonValue() });
  const side = (texts: readonly string[]) =>
    odd(
      fc.record({
        data: odd(
          fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...texts) }, fc.string({ maxLength: 20 })),
        ),
        encoding: odd(fc.constantFrom('CSV', 'CSV', 'JSON', 'BASE64')),
        observedContentType: odd(fc.constantFrom('text/csv', 'application/json')),
      }),
    );
  const input = side([
    '1,2',
    '1,2',
    '1,2\n3,4',
    '{"instances":[[1,2]]}',
    '"a',
    Buffer.from('1,2').toString('base64'),
  ]);
  const output = side(['0.5', '0', '0.5\n1', '{"predictions":[0.5]}', 'MC41']);
  const record = fc.record(
    {
      captureData: odd(
        fc.record(
          {
            endpointInput: input,
            endpointOutput: output,
            batchTransformOutput: side(['{"SageMakerOutput":1}']),
          },
          { requiredKeys: ['endpointInput', 'endpointOutput'] },
        ),
      ),
      groundTruthData: side(['1', '{"label":1}', '{"instances":[{"label":0}]}']),
      eventMetadata: odd(
        fc.record({
          eventId: odd(fc.uuid()),
          inferenceTime: odd(fc.constant('2026-06-20T10:00:00Z')),
        }),
      ),
    },
    { requiredKeys: ['captureData', 'eventMetadata'] },
  );
  return fc
    .record({
      model: fc.constantFrom('?model=captured', '?model=captured', '?model=captured', '?model=%00', ''),
      records: fc.array(odd(record), { maxLength: 5 }),
      damage: damaged(),
      pack: packed(),
    })
    .map(({ model, records, damage, pack }) => {
      const sent = pack(damage(Buffer.from(records.map((each) => JSON.stringify(each)).join('\n'))));
      const headers = { ...sent.headers, 'content-type': 'application/x-ndjson' };
      return { path: `/api/v1/sagemaker${model}`, body: sent.body, headers };
    });
}
