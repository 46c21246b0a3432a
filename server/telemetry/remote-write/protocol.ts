/** The two versions of Prometheus remote write. */
export type WriteVersion = 1 | 2;

/** Which message a body is, by its content type; undefined where it is neither. Without `proto` it is that of 1.0, as the protocol has it. */
export function writeVersionOf(contentType: string | undefined): WriteVersion | undefined {
  const [type, ...parameters] = (contentType ?? '').split(';').map((part) => part.trim());
  if (type?.toLowerCase() !== 'application/x-protobuf') return undefined;
  const proto = parameters.find((part) => /^proto=/i.test(part))?.slice('proto='.length);
  return proto === undefined ? 1 : PROTOS[proto];
}

const PROTOS: Readonly<Record<string, WriteVersion>> = {
  'prometheus.WriteRequest': 1,
  'io.prometheus.write.v2.Request': 2,
};

/** What a metric is, by the number that both versions have for it. */
export const METRIC_TYPES: readonly string[] = [
  '',
  'counter',
  'gauge',
  'histogram',
  'gaugehistogram',
  'summary',
  'info',
  'stateset',
];

/** The bits of the value that ends a series: a NaN of its own. */
export const STALE = { high: 0x7ff00000, low: 2 } as const;

/** Flag of OTLP: nothing is told any more. */
export const NO_RECORDED_VALUE = 1;
