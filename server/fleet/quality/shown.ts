import type { QualityMeasure } from '../../../contract/quality.ts';
import type { Estimate, Outcome } from '../../../stats/outcome.ts';
import { catalogueCoverage, novelty, type ShownCells } from '../../../stats/performance/catalogue.ts';
import { type Profile, present, SHOWN, SHOWN_CELLS } from '../../profiles/profile.ts';
import { beside, type Counted, measured } from './measured.ts';

type Profiles = ReadonlyMap<string, Profile>;

const NOTHING: ShownCells = new Map();

/**
 * Which items lists begin with, whether labels came or not: the share of the catalogue that is shown, and how rare what is shown
 * is. The catalogue is what was shown in the range or in the reference; how rare an item is is told by the reference, else by the
 * range itself. More or less of either is no better or worse. Pure.
 */
export function shownMeasures(current: Profiles, reference: Profiles): QualityMeasure[] {
  const [now, before] = [current.get(SHOWN), reference.get(SHOWN)];
  if (now === undefined) return [];
  const known = before?.grid ?? NOTHING;
  const popularity = known.size > 0 ? known : now.grid;
  const measure = (
    facts: Pick<QualityMeasure, 'id' | 'title' | 'unit'>,
    of: (shown: ShownCells) => Outcome<Estimate>,
  ): QualityMeasure => {
    const told = (profile: Profile | undefined): Counted =>
      profile === undefined
        ? { reason: 'not_enough_data', n: 0 }
        : { ...of(profile.grid), n: present(profile) };
    const { version, baseline, difference } = beside(told(before), told(now));
    return {
      ...{ ...facts, worse: 'lower', current: version, reference: baseline, difference },
      ...{ dummy: measured({ reason: 'not_enough_data', n: 0 }), verdict: 'unknown' },
    };
  };
  const catalogue = new Map([...known, ...now.grid]);
  return [
    measure({ id: 'coverage', title: 'coverage (share of the catalogue shown)', unit: 'share' }, (shown) =>
      catalogueCoverage(shown, catalogue, SHOWN_CELLS),
    ),
    measure({ id: 'novelty', title: 'novelty (how rare the shown are)', unit: 'bits' }, (shown) =>
      novelty(shown, popularity),
    ),
  ];
}
