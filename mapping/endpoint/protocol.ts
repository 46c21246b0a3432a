import { type EndpointProtocol, FEATURES_SIGN } from '../../contract/hold.ts';

export type Value = string | number | boolean | null;
export type Features = Readonly<Record<string, Value>>;

/** How a model is asked over HTTP, and where in its reply the answer stands. Pure. */
export interface Protocol {
  body(features: Features): unknown;
  /** The answer: a value, or a list of numbers (probabilities of the classes); undefined when the reply has none. */
  answer(reply: unknown): unknown;
}

/**
 * The protocol of an endpoint. Of `template` `body` is what is sent, with the text "$features" where the features go. `answer`: a path such
 * as `result.0.label`, where the protocol's own place is not meant.
 * `protocolOf({ protocol: 'template', body: { row: '$features' }, answer: 'label' }).body({ a: 1 })` → { row: { a: 1 } }
 */
export function protocolOf({
  protocol: name,
  body,
  answer,
}: {
  readonly protocol: EndpointProtocol;
  readonly body?: unknown;
  readonly answer?: string | undefined;
}): Protocol {
  if (name === 'template')
    return {
      body: (features) => filled(body, features),
      answer: (reply) => at(reply, answer ?? 'prediction'),
    };
  const protocol = name === 'kserve-v1' ? KSERVE_V1 : KSERVE_V2;
  return answer === undefined ? protocol : { ...protocol, answer: (reply) => at(reply, answer) };
}

const KSERVE_V1: Protocol = {
  body: (features) => ({ instances: [features] }),
  answer: (reply) => at(reply, 'predictions.0'),
};

/** One input for each feature, as the Open Inference Protocol has them. */
const KSERVE_V2: Protocol = {
  body: (features) => ({
    inputs: Object.entries(features).map(([name, value]) => ({
      ...{ name, shape: [1, 1] },
      ...datum(value),
    })),
  }),
  answer(reply) {
    const data = at(reply, 'outputs.0.data');
    return Array.isArray(data) && data.length === 1 ? data[0] : data;
  },
};

function datum(value: Value): { datatype: string; data: unknown[] } {
  if (typeof value === 'number') return { datatype: 'FP64', data: [value] };
  if (typeof value === 'boolean') return { datatype: 'BOOL', data: [value] };
  return { datatype: 'BYTES', data: [value] };
}

function filled(part: unknown, features: Features): unknown {
  if (part === FEATURES_SIGN) return features;
  if (Array.isArray(part)) return part.map((one) => filled(one, features));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, filled(one, features)]));
}

/** What stands at a path of names and numbers. `at({ a: [{ b: 1 }] }, 'a.0.b')` → 1 */
function at(value: unknown, path: string): unknown {
  let found = value;
  for (const step of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<string, unknown>)[step];
  }
  return found;
}

/**
 * An answer as it is compared: of a list of numbers the class with the greatest, of one number between 0 and 1 that class
 * whose probability it is, where classes are named (the second is the one that the number is of). Undefined for what is none.
 * @example settled([0.1, 0.9], ['no', 'yes']) // 'yes'
 */
export function settled(answer: unknown, classes: readonly string[]): string | number | undefined {
  const one = Array.isArray(answer) && answer.length === 1 ? answer[0] : answer;
  if (typeof one === 'boolean') return String(one);
  if (typeof one === 'string') return one;
  if (typeof one === 'number') {
    if (!Number.isFinite(one)) return undefined;
    return classes.length === 2 ? classes[one >= 0.5 ? 1 : 0] : one;
  }
  const numbers = Array.isArray(one) && one.every((p) => typeof p === 'number' && Number.isFinite(p));
  if (!numbers || one.length === 0) return undefined;
  return classes[one.indexOf(Math.max(...one))];
}
