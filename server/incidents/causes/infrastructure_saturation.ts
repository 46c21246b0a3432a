import { shapeQuantile } from '../../../stats/explanation/shape.ts';
import { shapesOf, sharesOfColumn } from '../evidence/column-change.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { decimal, percent } from '../fact.ts';
import { evidenceFor, type Hypothesis } from './cause.ts';

/** The service is asked more than it can answer, or its machine has too little left. */
export const infrastructure_saturation: Hypothesis = {
  kind: 'infrastructure_saturation',
  title: 'Saturation',
  about:
    'Answers are slow or fail, most tellingly while more is asked than before or while both happen together. What the model answers is not in question. It does not see the machine itself.',
  advice:
    'Look at processors, memory and the queue of the service at that time; add instances, or turn callers away in time.',
  trust: 0.93,
  explain({ facts, evidence }) {
    const hurt = evidenceFor('infrastructure_saturation', facts);
    if (hurt.length === 0) return [];
    const busy = evidenceFor('volume_change', facts);
    const load = evidence.traffic.before > 0 ? evidence.traffic.after / evidence.traffic.before : 1;
    const { slower, failing } = serviceOf(evidence);
    const signs = [slower > 1.3, failing > 0.005, load > 1.2].filter(Boolean).length;
    const parts = [
      ...(slower > 1.3 ? [`answers take ${decimal(slower)} times as long`] : []),
      ...(failing > 0.005 ? [`${percent(failing)} of requests fail`] : []),
      ...(load > 1.2 ? [`${decimal(load)} times as much is asked`] : []),
    ];
    return [
      {
        columns: [],
        fit: 1,
        unseen: signs >= 2 ? 0 : 0.25,
        explains: [...hurt, ...(load > 1 ? busy : [])].map(({ alert }) => alert),
        sentence: parts.length === 0 ? 'answers are slow or fail' : parts.join(', '),
        evidence: [
          { name: 'latency_factor', value: slower },
          { name: 'error_share', value: failing },
          { name: 'load_factor', value: load },
        ],
      },
    ];
  },
};

/** How many times slower the 95th percentile is, and how much more of the requests fail. */
function serviceOf({ columns }: Evidence): { slower: number; failing: number } {
  const latency = columns.get('_latency_ms');
  const error = columns.get('_error');
  const p95 = (side: 'before' | 'after') =>
    latency === undefined ? Number.NaN : shapeQuantile(shapesOf(latency)[side], 0.95);
  const slower = p95('after') / p95('before');
  const failed = (side: 'before' | 'after') => {
    const shares = error === undefined ? new Map<string, number>() : sharesOfColumn(error)[side];
    return shares.size === 0 ? 0 : 1 - (shares.get('') ?? 0);
  };
  return {
    slower: Number.isFinite(slower) ? slower : 1,
    failing: Math.max(0, failed('after') - failed('before')),
  };
}
