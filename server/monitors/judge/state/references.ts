import { TiltmeterError } from '../../../../contract/errors.ts';
import type { Ctx } from '../../../context.ts';
import { readColumns } from '../../../profiles/read/read-profiles.ts';
import { keptReference } from '../../../profiles/references/keep.ts';
import type { ResolvedReference, Resolving } from '../../../profiles/references/resolve.ts';
import type { ModelRow } from '../../../store/ledger/schema.ts';
import { OWN } from './baselines.ts';
import type { Case } from './model-state.ts';

const DAY = 86_400_000;
const WEEK = 7 * DAY;

/** A monitor's reference: the one it names, else the model's; null when there is none. */
export type References = (id: string | undefined) => Promise<ResolvedReference | null>;

type Known = Pick<Case, 'model' | 'columns' | 'head'>;

/**
 * The references of a model as they are for buckets of the moment `at`, or of one of its segments; each is read once. A file says
 * nothing of segments: their own first week stands in for it.
 */
export function referencesAt(
  ctx: Ctx,
  { model, columns, head }: Known,
  at: number,
  segment = '',
): References {
  const read = new Map<string, Promise<ResolvedReference | null>>();
  return (id = model.reference_id ?? undefined) => {
    if (id === undefined) return Promise.resolve(null);
    const perBucket = columns.size * Math.max(1, head.versions.length);
    const found =
      read.get(id) ??
      resolve(ctx, { model, head }, id, {
        ...{ at, segment },
        density: perBucket / model.bucket_ms,
      });
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
  { model, head }: Pick<Known, 'model' | 'head'>,
  id: string,
  resolving: Resolving,
): Promise<ResolvedReference | null> {
  try {
    const reference = await keptReference(ctx, head, id, resolving);
    const ofFile = resolving.segment !== '' && reference.from === null;
    return ofFile ? await firstWeek(ctx, { model, head }, resolving.segment!) : reference;
  } catch (error) {
    if (error instanceof TiltmeterError && error.code === 'not_found') return null;
    throw error;
  }
}

/** What a segment was in the first week of its model, once that is over. */
async function firstWeek(
  ctx: Ctx,
  { model, head }: Pick<Known, 'model' | 'head'>,
  segment: string,
): Promise<ResolvedReference | null> {
  if (head.first === null || head.last === null) return null;
  const from = Math.floor(head.first / model.bucket_ms) * model.bucket_ms;
  const to = from + Math.ceil(Math.max(WEEK, model.window_ms) / model.bucket_ms) * model.bucket_ms;
  if (head.last < to) return null;
  const profiles = await readColumns(ctx, { model: model.id, segment, from, to });
  return { id: OWN, name: 'First week', kind: 'automatic', from, to, profiles };
}
