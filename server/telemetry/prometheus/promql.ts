import type { Tie } from '../metrics/tie.ts';

/** A text within a regular expression (RE2) within a string of PromQL. `literal('a.b"c')` → 'a\\\\.b\\"c' */
export const literal = (text: string): string =>
  JSON.stringify(text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')).slice(1, -1);

const anyOf = (names: readonly string[]) => names.map(literal).join('|');

/** What Kubernetes puts behind the name of a workload to name its pods, and KServe before that. */
const POD = `(-predictor(-default)?(-[0-9]{5})?(-deployment)?)?-([a-z0-9]{6,10}-[a-z0-9]{5}|[0-9]+|[a-z0-9]{5})`;

/** Labels that name the service, the model or the workload; `container` and the like are too common to mean one. */
const OF_SERVICE = [
  'job',
  'service',
  'deployment',
  'model',
  'model_name',
  'inferenceservice',
  'service_name',
];
const OF_HOST = ['node', 'host', 'hostname'];

/** By which labels series are a model's, each a part of a selector: what is named by one of them counts once. */
export function matchersOf({ services, hosts }: Tie): readonly string[] {
  return [
    ...OF_SERVICE.map((label) => `${label}=~"${anyOf(services)}"`),
    `pod=~"(${anyOf(services)})${POD}"`,
    ...(hosts.length === 0
      ? []
      : [
          ...OF_HOST.map((label) => `${label}=~"${anyOf(hosts)}"`),
          `instance=~"(${anyOf(hosts)})(:[0-9]+)?"`,
        ]),
  ];
}

/**
 * The series of a metric that are a model's, each put into a call: `tied('up', tie, (one) => `avg_over_time(${one}[5m])`)`. `and`: further
 * matchers, with a comma in front.
 */
export function tied(metric: string, tie: Tie, call: (selector: string) => string, and = ''): string {
  const parts = matchersOf(tie).map((matcher) => call(`{__name__="${metric}",${matcher}${and}}`));
  return `(${parts.join(' or ')})`;
}

/** A query of a person, with the model's names and the step in place. */
export const filledIn = (query: string, { services, hosts }: Tie, stepMs: number): string =>
  query
    .replaceAll('$services', () => anyOf(services))
    .replaceAll('$hosts', () => anyOf(hosts))
    .replaceAll('$step', () => `${stepMs}ms`);
