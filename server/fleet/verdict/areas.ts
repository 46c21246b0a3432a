import { rocAuc } from '../../../stats/performance/roc-auc.ts';
import type { LabelledScores } from '../../../stats/performance/score-cells.ts';
import { addAreaStratum, gatheredAreas, NO_AREAS } from '../../../stats/sequential/area-strata.ts';
import type { Profile } from '../../profiles/profile.ts';
import type { QualityMetric } from '../quality/metrics.ts';
import type { FollowedMeasure, Known } from './follow.ts';

type Profiles = ReadonlyMap<string, Profile>;

/** What both sides had in one step of time; `time` is its end. */
export interface ProfileStep {
  readonly time: number;
  readonly baseline: Profiles;
  readonly version: Profiles;
}

/** A measure of how scores rank two classes: two of it are compared bucket by bucket. */
export interface AreaMeasure extends FollowedMeasure {
  readonly columns: readonly string[];
  known(steps: readonly ProfileStep[]): Generator<Known>;
}

const METRIC = 'roc_auc';

/** The area under the ROC curve, where a model of two classes has it: a point matters. Pure. */
export function qualityAreas(metrics: readonly QualityMetric[]): AreaMeasure[] {
  return metrics.flatMap(({ meta: { id, title, unit, worse }, recipe }) => {
    const { of: positive, columns } = recipe;
    if (id !== METRIC || columns.length !== 2) return [];
    const [own, other] = columns[0]!.endsWith(`|${positive}`) ? columns : [columns[1]!, columns[0]!];
    const scores = (profiles: Profiles): LabelledScores => ({
      positive: profiles.get(own!)?.grid ?? new Map(),
      negative: profiles.get(other!)?.grid ?? new Map(),
    });
    return [
      {
        ...{ id, title, unit, worse, columns },
        smallest: () => 0.01,
        *known(steps) {
          let strata = NO_AREAS;
          for (const step of steps) {
            const next = addAreaStratum(strata, scores(step.baseline), scores(step.version));
            if (next === strata) continue;
            strata = next;
            const [baseline, version] = [strata.reference, strata.current].map((side) => sideOf(side.scores));
            yield { time: step.time, of: gatheredAreas(strata), baseline: baseline!, version: version! };
          }
        },
      },
    ];
  });
}

function sideOf(scores: LabelledScores): Known['baseline'] {
  const area = rocAuc(scores);
  const n = [...scores.positive.values(), ...scores.negative.values()].reduce((all, count) => all + count, 0);
  return { value: 'value' in area ? area.value : null, n };
}
