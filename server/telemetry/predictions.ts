import { millisOf } from './kinds/moments.ts';
import { plainOf } from './otlp/attributes.ts';
import type { KeyValue, Long64 } from './otlp/messages.ts';
import type { ResourceOf } from './otlp/record.ts';

/** What a log record, or an event of a span, is called that tells of one answer of a model. */
export const INFERENCE_EVENT = 'ml.inference';

/** The resource attribute that names a model. */
export const MODEL_ATTRIBUTE = 'tiltmeter.model';

export interface Inference {
  readonly attributes: readonly KeyValue[];
  readonly resource: ResourceOf;
  readonly time: Long64;
  /** Ids of the trace and the span, empty where there are none. */
  readonly trace: string;
  readonly span: string;
}

/** Attributes that are one field of a prediction, and those whose rest of the name is a name of its own. */
const FIELDS: Readonly<Record<string, string>> = {
  'ml.model.name': 'model',
  'ml.model.version': 'version',
  'ml.inference.id': 'id',
  'ml.inference.prediction': 'prediction',
  'ml.inference.score': 'score',
  'ml.inference.variant': 'variant',
  'ml.inference.request_id': 'request_id',
  'error.type': 'error',
};
const MAPS: readonly (readonly [prefix: string, field: string])[] = [
  ['ml.inference.feature.', 'features'],
  ['ml.inference.probability.', 'probabilities'],
  ['ml.inference.attribution.', 'attributions'],
  ['ml.inference.tag.', 'tags'],
];
const DURATION = 'ml.inference.duration';

/**
 * The prediction that an event tells of, as `/api/v1/predictions` takes one, not validated. An answer that has no id is told from others by span
 * and moment, so that an exporter which sends it again stores it once.
 */
export function predictionOf({ attributes, resource, time, trace, span }: Inference): object {
  const event: Record<string, unknown> = {
    model: resource.attributes.get(MODEL_ATTRIBUTE) ?? resource.service,
    time: Math.floor(millisOf(time)),
    ...(trace === '' ? {} : { trace_id: trace }),
    ...(span === ''
      ? {}
      : { id: `${span}-${(time.high >>> 0).toString(16)}${(time.low >>> 0).toString(16).padStart(8, '0')}` }),
  };
  const maps = new Map<string, [string, unknown][]>();
  for (const { key, value } of attributes) {
    const plain = plainOf(value);
    if (key === DURATION) event.latency_ms = typeof plain === 'number' ? plain * 1000 : plain;
    else if (Object.hasOwn(FIELDS, key)) event[FIELDS[key]!] = plain;
    else {
      const [prefix, field] = MAPS.find(([prefix]) => key.startsWith(prefix)) ?? [];
      if (prefix === undefined || field === undefined) continue;
      const entries = maps.get(field) ?? [];
      maps.set(field, entries);
      entries.push([key.slice(prefix.length), plain]);
    }
  }
  for (const [field, entries] of maps) event[field] = Object.fromEntries(entries);
  return event;
}
