import { TiltmeterError } from '../../../../contract/errors.ts';
import type { Ctx } from '../../../context.ts';
import { keptReference } from '../../../profiles/references/keep.ts';
import type { ResolvedReference, Resolving } from '../../../profiles/references/resolve.ts';
import type { ModelRow } from '../../../store/ledger/schema.ts';
import type { Case } from './model-state.ts';

const DAY = 86_400_000;

/** A monitor's reference: the one it names, else the model's; null when there is none. */
export type References = (id: string | undefined) => Promise<ResolvedReference | null>;

type Known = Pick<Case, 'model' | 'columns' | 'head'>;

/** The references of a model as they are for buckets of the moment `at`; each is read once. */
export function referencesAt(ctx: Ctx, { model, columns, head }: Known, at: number): References {
  const read = new Map<string, Promise<ResolvedReference | null>>();
  return (id = model.reference_id ?? undefined) => {
    if (id === undefined) return Promise.resolve(null);
    const perBucket = columns.size * Math.max(1, head.versions.length);
    const found = read.get(id) ?? resolve(ctx, head, id, { at, density: perBucket / model.bucket_ms });
    read.set(id, found);
    return found;
  };
}

/**
 * The end of the buckets from `from` on that are compared with the same references, at most `most` of them: a reference
 * that moves does so from day to day.
 */
export function comparableTo(
  { model, rolling }: { readonly model: Pick<ModelRow, 'bucket_ms'>; readonly rolling: boolean },
  from: number,
  most: number,
): number {
  const end = from + most * model.bucket_ms;
  return rolling ? Math.min(end, Math.max(dayOf(from) + DAY, from + model.bucket_ms)) : end;
}

/** The day for which a reference that moves is taken. */
export const dayOf = (time: number) => Math.floor(time / DAY) * DAY;

/** A reference that a monitor names and that was removed is as good as none. */
async function resolve(
  ctx: Ctx,
  head: Case['head'],
  id: string,
  resolving: Resolving,
): Promise<ResolvedReference | null> {
  try {
    return await keptReference(ctx, head, id, resolving);
  } catch (error) {
    if (error instanceof TiltmeterError && error.code === 'not_found') return null;
    throw error;
  }
}
