import { type BucketSize, chunksOf, groupsOf } from '../buckets.ts';
import { chunkParams, type Draft, type RollUpPlan, type Statement } from './plan.ts';

/** Buckets that one statement takes on. */
export const PIECE_BUCKETS = 10_000;

/** What is written of some buckets: columns, or one thing under a name of its own. */
type Named = string | { readonly name: string };

const nameOf = (item: Named): string => (typeof item === 'string' ? item : item.name);

/** The statement that writes `group` of the buckets at hand; `lastResort`: of one column of one bucket, slowly but with little memory. */
export type Write<T> = (group: readonly T[]) => Draft & { readonly lastResort?: () => Draft };

interface Piece<T> {
  readonly sizes: readonly BucketSize[];
  readonly group: readonly T[];
}

/**
 * Every bucket with every item once, in statements of about `values` values: few rows of all items, and of a bucket too
 * large for that a part of its items. Pieces that are held are left out.
 */
export function* inPieces<T extends Named>(
  plan: Pick<RollUpPlan, 'model' | 'versions' | 'held' | 'by'>,
  sizes: readonly BucketSize[],
  items: readonly T[],
  values: number,
  write: Write<T>,
): Generator<Statement> {
  if (items.length === 0) return;
  const held = Map.groupBy(plan.held, ({ bucket }) => bucket);
  const free = sizes.filter(({ bucket }) => !held.has(bucket));
  const size = new Map(sizes.map(({ bucket, rows }) => [bucket, rows]));
  const rows = Math.ceil(values / items.length);
  for (const chunk of chunksOf(free, { rows, buckets: PIECE_BUCKETS })) {
    const width = Math.max(1, Math.floor(values / Math.max(1, chunk.rows)));
    const own = chunk.buckets.map((bucket) => ({ bucket, rows: size.get(bucket) ?? 0 }));
    for (const group of groupsOf(items, width)) yield statementOf(plan, { sizes: own, group }, write);
  }
  for (const one of sizes) {
    const names = new Set(held.get(one.bucket)?.map(({ name }) => name) ?? []);
    const rest = names.size === 0 ? [] : items.filter((item) => !names.has(nameOf(item)));
    const width = Math.max(1, Math.floor(values / Math.max(1, one.rows)));
    for (const group of groupsOf(rest, width)) yield statementOf(plan, { sizes: [one], group }, write);
  }
}

function statementOf<T extends Named>(
  plan: Pick<RollUpPlan, 'model' | 'versions' | 'by'>,
  piece: Piece<T>,
  write: Write<T>,
): Statement {
  const { sizes, group } = piece;
  const { lastResort, ...draft } = write(group);
  const buckets = sizes.map(({ bucket }) => bucket);
  const common = {
    ...chunkParams(plan.model, { buckets }),
    versions: [...plan.versions],
    ...plan.by?.params,
  };
  const one = sizes.length === 1 && group.length === 1;
  const leaf = one ? { bucket: buckets[0]!, name: nameOf(group[0]!) } : undefined;
  const complete = ({ sql, params }: Draft, parts: () => Statement[]): Statement => ({
    sql,
    params: { ...common, ...params },
    parts,
    leaf,
  });
  return complete(draft, () => {
    const parts = halves(piece).map((half) => statementOf(plan, half, write));
    return parts.length > 0 || lastResort === undefined ? parts : [complete(lastResort(), () => [])];
  });
}

/** Fewer items, and of one item fewer buckets. */
function halves<T>({ sizes, group }: Piece<T>): Piece<T>[] {
  const cut = (length: number) => Math.ceil(length / 2);
  if (group.length > 1) return groupsOf(group, cut(group.length)).map((part) => ({ sizes, group: part }));
  if (sizes.length > 1) return groupsOf(sizes, cut(sizes.length)).map((part) => ({ sizes: part, group }));
  return [];
}
