import { TiltmeterError } from '../../../contract/errors.ts';
import { segmentKey } from '../../../contract/segment-key.ts';
import type { Ctx } from '../../context.ts';
import { type ProfileRange, readProfiles } from '../../profiles/read/read-profiles.ts';
import { modelSplits } from '../../profiles/segments/read-segments.ts';
import { VARIANT } from '../../profiles/segments/split.ts';
import { trafficByVersion, type VersionTraffic } from '../versions/read-sides.ts';

type Range = Pick<ProfileRange, 'model' | 'from' | 'to'>;

/** Where the profiles of what is compared lie. */
export interface SideSource {
  /** Traffic of each, those with most predictions first. */
  traffic(range: Range, step: number): Promise<VersionTraffic[]>;
  /** Which profiles are those of one. */
  rowsOf(name: string): Pick<ProfileRange, 'version' | 'segment'>;
}

/** Versions as they are, or variants as segments. Errors: invalid_request where a model is not split by its variants. */
export async function sidesOf(ctx: Ctx, model: string, by: 'version' | 'variant'): Promise<SideSource> {
  if (by === 'version')
    return {
      traffic: (range, step) => trafficByVersion(ctx, range, step),
      rowsOf: (version) => ({ version }),
    };
  const splits = await modelSplits(ctx, model);
  const split = splits.find(({ columns: [first, ...more] }) => first?.name === VARIANT && more.length === 0);
  if (split === undefined)
    throw new TiltmeterError(
      'invalid_request',
      'the predictions of the model are not split by variant: add "variant" to its segments',
    );
  const rowsOf = (name: string) => ({ segment: segmentKey([VARIANT], [name]) });
  return {
    rowsOf,
    async traffic(range, step) {
      const found: VersionTraffic[] = [];
      for (const [name = ''] of split.values) {
        const points = await readProfiles(ctx, { ...range, ...rowsOf(name), columns: ['_all'] }, { step });
        const steps = new Map(points.map(({ time, profile }) => [time, profile.n]));
        const n = points.reduce((sum, { profile }) => sum + profile.n, 0);
        if (n > 0) found.push({ version: name, steps, n });
      }
      return found.sort((a, b) => b.n - a.n);
    },
  };
}
