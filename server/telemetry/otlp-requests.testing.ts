import { messageType } from './otlp/messages.ts';

/** When the examples of opentelemetry-proto are from. */
export const NOW = Date.parse('2018-12-13T15:00:00Z');

/** A message within another: its field, its length, its bytes. */
export function within(field: number, ...parts: Uint8Array[]): Buffer {
  const bytes = Buffer.concat(parts);
  const length: number[] = [];
  let left = bytes.length;
  for (; left > 127; left >>>= 7) length.push((left & 127) | 128);
  return Buffer.concat([Buffer.from([(field << 3) | 2, ...length, left]), bytes]);
}

export const encoded = (type: string, value: object) => {
  const message = messageType(type);
  return Buffer.from(message.encode(message.fromObject(value)).finish());
};

export const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
export const nanos = (ms: number) => String(BigInt(Math.round(ms)) * 1_000_000n);

interface SpanLike {
  readonly traceId?: Buffer;
  readonly spanId?: Buffer;
  readonly startTimeUnixNano?: string;
  readonly attributes?: object[];
}

let spans = 0;
export const span = (own: SpanLike = {}) =>
  encoded('Span', {
    traceId: Buffer.alloc(16, 7),
    spanId: Buffer.from((++spans).toString(16).padStart(16, '0'), 'hex'),
    name: 'predict',
    startTimeUnixNano: nanos(NOW - 1000),
    endTimeUnixNano: nanos(NOW),
    ...own,
  });

/** A request of one resource and one scope. */
export const request = (records: readonly Buffer[], service = 'api', ...more: object[]) =>
  within(
    1,
    within(1, encoded('Resource', { attributes: [text('service.name', service), ...more] })),
    within(2, ...records.map((record) => within(2, record))),
  );

/** What an answer says of records that were refused. */
export const partial = (bytes: Buffer) => {
  const { partialSuccess } = messageType('ExportResponse').toObject(
    messageType('ExportResponse').decode(bytes),
    {
      longs: Number,
      defaults: true,
    },
  ) as { partialSuccess?: { rejected: number; errorMessage: string } };
  return partialSuccess;
};
