import { jsDistance } from '../../../stats/distances/js-distance.ts';
import { type Profile, present } from '../../profiles/profile.ts';
import type { LabelledModel } from '../kind.ts';
import type { Quality, QualityRecipe } from '../subject.ts';

const LABEL = '_label';
/** Bins of labels: of many classes some share one; of numbers half a spread each, the outermost open. */
const BINS = 256;
const CELLS_OF_A_BIN = 32;
const OUTERMOST = 16;

/**
 * The mix of labels in bins that do not depend on what came, and how far it is from that of the baseline: the debiased Jensen–Shannon
 * distance, as columns are compared.
 */
export function labelMixRecipe({
  known,
  task,
  waiting,
}: LabelledModel): QualityRecipe | { readonly reason: string } {
  if (!known.has(LABEL)) return { reason: waiting > 0 ? 'labels_match_no_prediction' : 'no_labels' };
  if (task === 'unknown') return { reason: 'task_not_settled' };
  const none = (sums: readonly number[]): Quality => ({ reason: 'no_baseline', n: total(sums) });
  return {
    ...{ metric: 'js_distance_base2', of: task === 'regression' ? 'numbers' : 'classes', better: 'lower' },
    ...{ columns: [LABEL], labelledIn: [LABEL], width: BINS, counted: BINS },
    add(profiles, into) {
      const labels = profiles.get(LABEL);
      if (labels !== undefined) addLabels(labels, into);
    },
    quality: none,
    learned: {
      ...{ from: [LABEL], ahead: false, rows: total },
      of: (baseline) => ({
        own: { value: 0, low: 0, high: 0, n: total(baseline) },
        over: (sums) => ({ ...jsDistance(baseline, sums), n: total(sums) }),
      }),
    },
  };
}

function addLabels(labels: Profile, into: Float64Array): void {
  for (const [cell, n] of labels.grid)
    into[OUTERMOST + Math.max(-OUTERMOST, Math.min(OUTERMOST, Math.floor(cell / CELLS_OF_A_BIN)))]! += n;
  for (const [name, n] of labels.counts) into[binOf(name)]! += n;
  into[BINS - 1]! += labels.grid.size > 0 ? 0 : Math.max(0, present(labels) - sumOf(labels.counts));
}

/** The same for the same class wherever it is asked (FNV-1a); the last bin holds the rest of many. */
function binOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % (BINS - 1);
}

function total(sums: ArrayLike<number>): number {
  let all = 0;
  for (let i = 0; i < sums.length; i++) all += sums[i]!;
  return all;
}

const sumOf = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0);
