import { binCounts, type ReferenceBins } from '../../../../stats/reference-bins.ts';
import type { Ctx } from '../../../context.ts';
import { type BinHistory, readBins } from '../../../profiles/read/read-bins.ts';
import type { ProfilePoint } from '../../../profiles/read/read-profiles.ts';
import type { Stretch } from '../plan/stretches.ts';
import type { Case } from '../state/model-state.ts';
import { type Histories, historiesOf, readHistories } from './histories.ts';
import type { Span } from './subjects.ts';

/** What the windows of a pass look at. */
export interface WindowProfiles {
  /** Profiles of columns per bucket. */
  histories(columns: readonly string[]): Promise<Histories>;
  /** Counts of columns per bucket, in the bins given. */
  bins(bins: ReadonlyMap<string, ReferenceBins>): Promise<Map<string, BinHistory>>;
}

/**
 * What windows look at from the first bucket of the span on, asked of the engine: it sums and sorts into bins what may be
 * very many profiles.
 */
export function windowProfiles(
  ctx: Pick<Ctx, 'lake'>,
  { model }: Pick<Case, 'model'>,
  { start, bucketMs }: Span,
  { to, segment }: Stretch & { readonly segment: string },
): WindowProfiles {
  const range = { model: model.id, segment, from: start, to };
  return {
    histories: (names) => readHistories(ctx, { ...range, columns: names, bucketMs }),
    bins: (bins) => readBins(ctx, range, bins),
  };
}

/** The same of profiles that are at hand. */
export function windowsOf(profiles: readonly ProfilePoint[]): WindowProfiles {
  const histories = historiesOf(profiles);
  return {
    histories: async () => histories,
    bins: async (bins) =>
      new Map(
        [...bins].flatMap(([name, of]) => {
          const history = histories.get(name);
          return history === undefined ? [] : [[name, binned(history, of)] as const];
        }),
      ),
  };
}

function binned(history: NonNullable<ReturnType<Histories['get']>>, bins: ReferenceBins): BinHistory {
  return new Map([...history].map(([time, profile]) => [time, binCounts(profile, bins)]));
}
