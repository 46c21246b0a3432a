import type { ModelQuality } from '../../../contract/quality.ts';
import type { Grid } from '../../../stats/asinh-grid.ts';
import type { AnswerValues } from '../../../stats/performance/answer-value.ts';
import { WINNING_GRID } from '../../models/columns/probabilities.ts';
import { scoredClasses } from '../../monitors/quality/choose.ts';
import { WINNERS } from '../../monitors/quality/from-class-probabilities.ts';
import { areProbabilities } from '../../monitors/quality/from-probabilities.ts';
import { SCORE } from '../../monitors/quality/from-scores.ts';
import type { Profile } from '../../profiles/profile.ts';
import { calibrationOf, sweepOf } from './evidence.ts';

type Profiles = ReadonlyMap<string, Profile>;
type Told = Pick<ModelQuality, 'calibration' | 'sweep'>;

/** How true the winning of the probabilities of several classes is. Pure. */
export function ofWinners(profiles: Profiles): Told {
  const [positive, negative] = WINNERS.map((name) => profiles.get(name)?.grid ?? new Map<number, number>());
  const scores = { positive: positive!, negative: negative! };
  return { calibration: calibrationOf(scores, WINNING_GRID), sweep: [] };
}

/** What the scores of two classes tell; nothing where there are not two, or where it is not known whose they are. */
export function ofScores(
  profiles: Profiles,
  known: ReadonlySet<string>,
  positive: string | null,
  { grid, values }: { readonly grid: Grid | undefined; readonly values: AnswerValues | null },
): Told {
  const negative = scoredClasses(known).find((name) => name !== positive);
  if (positive === null || negative === undefined || grid === undefined)
    return { calibration: [], sweep: [] };
  const sides = [positive, negative].map((name) => profiles.get(SCORE + name));
  const [of, others] = sides.map((side) => side?.grid ?? new Map<number, number>());
  const scores = { positive: of!, negative: others! };
  const probable = sides.every((side) => side === undefined || areProbabilities(side));
  return {
    calibration: probable ? calibrationOf(scores, grid) : [],
    sweep: sweepOf(scores, grid, { probable, values }),
  };
}
