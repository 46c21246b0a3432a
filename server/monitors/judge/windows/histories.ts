import type { Ctx } from '../../../context.ts';
import type { Profile } from '../../../profiles/profile.ts';
import { type ProfilePoint, readProfiles } from '../../../profiles/read/read-profiles.ts';
import { inGroup } from '../../subject.ts';
import type { Stretch } from '../plan/stretches.ts';

export interface HistoryRange extends Stretch {
  readonly model: string;
  readonly columns: readonly string[];
  readonly bucketMs: number;
  /** All predictions when absent. */
  readonly segment?: string;
  /** Several segments, each apart: columns are then named by `inGroup`. */
  readonly groups?: readonly string[] | undefined;
}

/** Profiles per column and start of bucket. */
export type Histories = ReadonlyMap<string, ReadonlyMap<number, Profile>>;

export async function readHistories(
  ctx: Pick<Ctx, 'lake'>,
  { bucketMs: step, groups, ...range }: HistoryRange,
): Promise<Histories> {
  if (groups !== undefined) {
    const points = await readProfiles(ctx, { ...range, segments: groups }, { step, bySegment: true });
    return historiesOf(points.map((point) => ({ ...point, column: inGroup(point.version, point.column) })));
  }
  return historiesOf(await readProfiles(ctx, range, { step }));
}

export function historiesOf(points: readonly ProfilePoint[]): Histories {
  const histories = new Map<string, Map<number, Profile>>();
  for (const { column, time, profile } of points) {
    const history = histories.get(column) ?? new Map<number, Profile>();
    histories.set(column, history.set(time, profile));
  }
  return histories;
}
