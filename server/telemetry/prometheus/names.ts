import type { Prometheus } from '../../store/prometheus/prometheus.ts';
import { CLASSIC_REQUESTS, LEVELS } from '../metrics/catalogue.ts';
import type { Steps } from '../metrics/steps.ts';
import type { Tie } from '../metrics/tie.ts';
import { literal, matchersOf } from './promql.ts';

/** A metric of OpenTelemetry as Prometheus calls it. `prometheusName('k8s.pod.cpu.usage')` → 'k8s_pod_cpu_usage' */
export const prometheusName = (name: string): string => name.replace(/[^a-zA-Z0-9_:]/g, '_');

const KNOWN = [
  ...LEVELS.flatMap(({ metrics }) => metrics.map(({ name }) => prometheusName(name))),
  ...CLASSIC_REQUESTS.map(({ name }) => `${name}_count`),
];

/** Moments of a range at which is looked for what is there. */
const LOOKS = 8;

/** Which of the known metrics a Prometheus has of a model. */
export async function namesThere(prometheus: Prometheus, tie: Tie, { from, to }: Steps): Promise<string[]> {
  const names = KNOWN.map(literal).join('|');
  const vectors = matchersOf(tie).map((matcher) => `{__name__=~"${names}",${matcher}}`);
  const query = `group by (__name__) (${vectors.join(' or ')})`;
  const stepMs = Math.max(1000, Math.ceil((to - from) / LOOKS));
  const found = await prometheus.range(query, { from: Math.min(from + stepMs, to) - 1, to: to - 1, stepMs });
  return found.flatMap(({ labels }) => labels.__name__ ?? []);
}
