import { rfc3339 } from '../../../contract/time.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { rangeOf, type TimeRange } from '../../profiles/distribution/range.ts';
import { profileHead } from '../../profiles/heads/read-heads.ts';
import type { Profile } from '../../profiles/profile.ts';
import { findReference } from '../../profiles/references/find-reference.ts';
import { windowOptions } from '../../profiles/references/reference-row.ts';
import { modelSplits, readSegments } from '../../profiles/segments/read-segments.ts';
import { allKeys, type Split } from '../../profiles/segments/split.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { filled } from '../quality/get-quality.ts';
import { type ComparedFacts, comparedFacts } from '../versions/facts.ts';
import { newestPart, type Part } from '../versions/read-sides.ts';

export interface SegmentsQuery extends TimeRange {
  /** Id or name; the model's default when absent. */
  readonly reference?: string | undefined;
}

export interface SplitRead {
  readonly model: ModelRow;
  readonly part: Part;
  readonly splits: readonly Split[];
  readonly facts: ComparedFacts;
  /** By segment, '' being all rows, and column. */
  readonly current: ReadonlyMap<string, ReadonlyMap<string, Profile>>;
  /** Null without a reference; its profiles are null when it is a file. */
  readonly reference: {
    readonly id: string;
    readonly name: string;
    readonly profiles: SplitRead['current'] | null;
  } | null;
}

/**
 * What profiles say of the segments of some splits over a range, and in the reference where that is a window of
 * production. `columns`: what is read of each. Errors: not_found, invalid_request.
 */
export async function readSplits(
  ctx: Ctx,
  modelId: string,
  query: SegmentsQuery,
  wanted: {
    readonly splits: (split: Split) => boolean;
    readonly columns: (facts: ComparedFacts) => readonly string[];
  },
): Promise<SplitRead> {
  const model = await findModel(ctx, modelId);
  const [range, head, all] = await Promise.all([
    rangeOf(ctx, model, query),
    profileHead(ctx, model.id),
    modelSplits(ctx, model.id),
  ]);
  const facts = await comparedFacts(ctx, model, head);
  const splits = all.filter(wanted.splits);
  const segments = ['', ...new Set(allKeys(splits))];
  const columns = [...new Set(wanted.columns(facts))];
  const newest = (span: { from: number; to: number }) =>
    newestPart(filled(span, head, model.bucket_ms), model.bucket_ms, columns.length * segments.length);
  const part = newest(range);
  const read = (span: { from: number; to: number }) =>
    readSegments(ctx, { model: model.id, segments, columns, ...span });
  const id = query.reference ?? model.reference_id;
  const window = id === null ? null : await windowOf(ctx, model.id, id, part.to);
  const [current, before] = await Promise.all([
    read(part),
    window?.span == null ? null : read(newest(window.span)),
  ]);
  return { model, part, splits, facts, current, reference: window && { ...window, profiles: before } };
}

/** The window of production that a reference is; null for a file. */
async function windowOf(ctx: Ctx, model: string, idOrName: string, at: number) {
  const row = await findReference(ctx, model, idOrName);
  const { id, name, kind } = row;
  if (kind === 'file') return { id, name, span: null };
  const options = windowOptions(row);
  if (kind !== 'rolling') return { id, name, span: { from: options.from!, to: options.to! } };
  const to = at - (options.offset_ms ?? 0);
  return { id, name, span: { from: to - options.window_ms!, to } };
}

export const written = ({ from, to, cut }: Part) => ({ from: rfc3339(from), to: rfc3339(to), cut });
