import type { MetricHead, Scope } from './messages.ts';

/** A resource as its records are stored with it. */
export interface ResourceOf {
  readonly attributes: ReadonlyMap<string, string>;
  /** Its `service.name`; empty where it has none. */
  readonly service: string;
  readonly schemaUrl: string;
}

export interface ScopeOf extends Pick<Scope, 'name' | 'version' | 'droppedAttributesCount'> {
  readonly attributes: ReadonlyMap<string, string>;
  readonly schemaUrl: string;
}

/** The five shapes of a metric's points. */
export const POINT_SHAPES = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'] as const;
export type PointShape = (typeof POINT_SHAPES)[number];

export interface MetricOf extends MetricHead {
  readonly shape: PointShape;
  /** 0: not said, 1: delta, 2: cumulative. */
  readonly temporality: number;
  readonly monotonic: boolean;
}

/** A span, a log record or a point of a metric, in what it came with. Nothing of it is decoded before it is asked for; each may throw invalid_telemetry. */
export interface Found {
  readonly resource: () => ResourceOf;
  readonly scope: () => ScopeOf;
  /** Of a point: its metric. */
  readonly metric?: () => MetricOf;
  /** Of the body. */
  readonly bytes: number;
  /** The record itself, as a message of this name (messages.ts). */
  decode<Message>(type: string): Message;
}

/** What is made when it is first asked for, and then kept, a failure too. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | { readonly error: unknown } | undefined;
  return () => {
    if (made === undefined) {
      try {
        made = { value: make() };
      } catch (error) {
        made = { error };
      }
    }
    if ('error' in made) throw made.error;
    return made.value;
  };
}
