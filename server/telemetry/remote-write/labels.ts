import { TiltmeterError } from '../../../contract/errors.ts';
import { KEY_LENGTH, MOST_ATTRIBUTES, VALUE_LENGTH } from '../otlp/attributes.ts';
import { MODEL_ATTRIBUTE } from '../predictions.ts';
import type { Label } from './sent-series.ts';
import { workloadOf } from './workload.ts';

/** A series, as it is stored. */
export interface LabelledSeries {
  readonly metric: string;
  /** Its job. */
  readonly service: string;
  readonly resource: ReadonlyMap<string, string>;
  readonly attributes: ReadonlyMap<string, string>;
  /** What tells it from all others. */
  readonly text: string;
}

/** Which attribute of a resource a label becomes: the first label of each list that a series has. They are names that the exporters of the field use. */
const RESOURCE: readonly (readonly [attribute: string, labels: readonly string[]])[] = [
  ['service.name', ['job']],
  [MODEL_ATTRIBUTE, ['tiltmeter_model']],
  ['k8s.namespace.name', ['namespace', 'kubernetes_namespace']],
  ['k8s.pod.name', ['pod', 'pod_name', 'kubernetes_pod_name']],
  ['k8s.deployment.name', ['deployment', 'deployment_name']],
  ['k8s.node.name', ['node', 'kubernetes_node']],
  ['host.name', ['nodename', 'Hostname', 'host']],
];

/**
 * A series by its labels: those that say where it is from as OpenTelemetry's conventions name them, the others as attributes. What has no deployment
 * is of the one that its pod is named after, and what has no host of the one in `instance`. Errors: invalid_telemetry.
 */
export function seriesOf(labels: readonly Label[]): LabelledSeries {
  const byName = checked(labels);
  const metric = byName.get('__name__');
  if (metric === undefined || metric === '')
    throw new TiltmeterError('invalid_telemetry', 'a series has no name (label __name__)');
  const resource = new Map<string, string>();
  for (const [attribute, names] of RESOURCE) {
    const found = names.map((name) => byName.get(name)).find((value) => value !== undefined && value !== '');
    if (found !== undefined) resource.set(attribute, found);
  }
  const instance = byName.get('instance');
  const pod = resource.get('k8s.pod.name');
  // What one exporter tells of many pods is of as many instances.
  if (instance !== undefined && pod === undefined) resource.set('service.instance.id', instance);
  if (pod !== undefined && !resource.has('k8s.deployment.name'))
    resource.set('k8s.deployment.name', workloadOf(pod));
  // A pod is of its workload, and what is told of a machine is not of each of its pods.
  const machine = resource.get('k8s.node.name') ?? instance?.replace(/:\d+$/, '');
  if (pod !== undefined) resource.delete('host.name');
  else if (machine !== undefined && !resource.has('host.name')) resource.set('host.name', machine);
  const attributes = new Map(
    [...byName].filter(([name]) => name !== '__name__' && name !== 'job' && name !== 'instance'),
  );
  return { metric, service: byName.get('job') ?? '', resource, attributes, text: textOf(byName) };
}

/** Errors: invalid_telemetry where labels are none, too many, too long or twice there. */
function checked(labels: readonly Label[]): ReadonlyMap<string, string> {
  if (labels.length === 0) throw new TiltmeterError('invalid_telemetry', 'a series has no labels');
  if (labels.length > MOST_ATTRIBUTES)
    throw new TiltmeterError(
      'invalid_telemetry',
      `a series has ${labels.length} labels; it may have ${MOST_ATTRIBUTES}`,
    );
  const byName = new Map<string, string>();
  for (const [name, value] of labels) {
    if (name === '' || name.length > KEY_LENGTH || value.length > VALUE_LENGTH)
      throw new TiltmeterError(
        'invalid_telemetry',
        `the label ${JSON.stringify(name.slice(0, 40))} has no name, or is longer than ${KEY_LENGTH} and ${VALUE_LENGTH} characters`,
      );
    if (byName.has(name))
      throw new TiltmeterError(
        'invalid_telemetry',
        `a series has the label ${JSON.stringify(name.slice(0, 40))} twice`,
      );
    byName.set(name, value);
  }
  return byName;
}

/** Labels in their order, whatever order they came in and whatever stands in them. */
function textOf(labels: ReadonlyMap<string, string>): string {
  return JSON.stringify([...labels].sort(([a], [b]) => (a < b ? -1 : 1)));
}
