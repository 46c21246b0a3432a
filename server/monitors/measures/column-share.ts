import { missingMass } from '../../../stats/missing-mass.ts';
import { type ReferenceBins, type SpecialBin, specialBin } from '../../../stats/reference-bins.ts';
import type { Measurement } from '../../signals/measurement.ts';
import { type Settings, unjudged } from '../kind.ts';
import type { ColumnSubject } from '../subject.ts';
import { type Share, shareIncrease } from './share-increase.ts';

/** Increase of the share of a column's rows that fall into special bins of its reference. */
export function columnShare(
  subject: ColumnSubject,
  names: readonly SpecialBin[],
  index: number,
  settings: Settings,
): Measurement {
  const { reference, track } = subject;
  if (reference === null) return unjudged('not_enough_data', 'no_reference');
  const bins = names.map((name) => specialBin(reference.bins, name));
  const total = reference.counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return unjudged('not_enough_data', 'empty_reference');
  const own = bins.reduce((sum, bin) => sum + reference.counts[bin]!, 0);
  return shareIncrease(
    {
      n: (from, to) => track.total(from, to),
      hits: (from, to) => bins.reduce((sum, bin) => sum + track.sum(bin, from, to), 0),
      reference:
        own === 0 && names.includes('new') ? unseenOf(reference.bins, total) : { hits: own, n: total },
    },
    index,
    settings,
  );
}

/** A reference holds nothing new by definition; what chance kept from it is no news either. */
function unseenOf(bins: ReferenceBins, n: number): Share['reference'] {
  return bins.kind === 'categorical' ? missingMass(n, bins.unseen, bins.twice) : { hits: 0, n };
}
