import type { Ctx } from '../../context.ts';
import type { ProfileHead } from '../heads/profile-head.ts';
import type { Profile } from '../profile.ts';
import { type ResolvedReference, type Resolving, referenceProfiles } from './resolve.ts';

interface Kept {
  readonly reference: ResolvedReference;
  /** Of the profiles that it was read from. */
  revision: number;
  readonly size: number;
}

/** Cells and categories that are kept of all references together: about 25 MB. */
const MOST = 500_000;
/** A head forgets rewrites beyond twice as many. */
const REWRITES = 32;

interface Keeper {
  readonly kept: Map<string, Kept>;
  size: number;
}

const keepers = new WeakMap<object, Keeper>();

/**
 * As `referenceProfiles`, for those who judge a model hour after hour: what was read is kept until profiles of its time
 * are written again. One that moves with event time is read each time. Errors: not_found.
 */
export async function keptReference(
  ctx: Pick<Ctx, 'ledger' | 'lake'>,
  head: Pick<ProfileHead, 'model' | 'revision' | 'rewrites'>,
  id: string,
  resolving: Resolving,
): Promise<ResolvedReference> {
  const keeper = keepers.get(ctx.lake) ?? { kept: new Map(), size: 0 };
  keepers.set(ctx.lake, keeper);
  const key = JSON.stringify([head.model, id, resolving.segment ?? '']);
  const found = keeper.kept.get(key);
  return referenceProfiles(ctx, head.model, id, {
    ...resolving,
    known: (row) => {
      if (found === undefined || row.id !== found.reference.id || !isCurrent(found, head)) return undefined;
      found.revision = head.revision;
      return found.reference;
    },
  }).then((reference) => {
    if (reference !== found?.reference && reference.kind !== 'rolling')
      keep(keeper, key, { reference, revision: head.revision, size: sizeOf(reference.profiles) });
    return reference;
  });
}

/** Whether nothing of its time was written since it was read. */
function isCurrent(
  { reference: { from, to }, revision }: Kept,
  { rewrites }: Pick<ProfileHead, 'rewrites'>,
): boolean {
  if (from === null || to === null) return true;
  const since = rewrites.filter((rewrite) => rewrite.revision > revision);
  return since.length < REWRITES && !since.some((rewrite) => rewrite.from < to && rewrite.to > from);
}

function keep(keeper: Keeper, key: string, kept: Kept): void {
  forget(keeper, key);
  keeper.kept.set(key, kept);
  keeper.size += kept.size;
  while (keeper.size > MOST) forget(keeper, keeper.kept.keys().next().value!);
}

function forget(keeper: Keeper, key: string): void {
  keeper.size -= keeper.kept.get(key)?.size ?? 0;
  keeper.kept.delete(key);
}

function sizeOf(profiles: ReadonlyMap<string, Profile>): number {
  let size = 0;
  for (const { grid, counts } of profiles.values()) size += 10 + grid.size + counts.size;
  return size;
}
