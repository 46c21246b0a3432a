import type { Ctx } from '../../context.ts';
import type { ReferenceRow } from '../../store/ledger/schema.ts';
import type { Profile } from '../profile.ts';
import { EVER, readColumns } from '../read/read-profiles.ts';
import { findReference } from './find-reference.ts';
import { windowOptions } from './reference-row.ts';

export interface ResolvedReference {
  readonly id: string;
  readonly name: string;
  readonly kind: ReferenceRow['kind'];
  /** Event time of a window of production; null for a file. */
  readonly from: number | null;
  readonly to: number | null;
  readonly profiles: ReadonlyMap<string, Profile>;
}

export interface Resolving {
  /** All columns when absent. */
  readonly columns?: readonly string[];
  /** Moment of event time. */
  readonly at: number;
  /** One of the model's segments; all predictions when absent or empty. A file has none. */
  readonly segment?: string;
  /** How many profiles are stored for each millisecond of event time, about, when that is known. */
  readonly density?: number;
  /** What is known of a reference already. */
  readonly known?: (row: ReferenceRow) => ResolvedReference | undefined;
}

/**
 * The profiles of a reference by column, for one moment of event time (a rolling reference ends `offset_ms` before it).
 * `columns`: all when absent. Errors: not_found.
 * Example: `await referenceProfiles(ctx, 'credit', reference_id, { columns: ['age'], at: to })`
 */
export async function referenceProfiles(
  ctx: Pick<Ctx, 'ledger' | 'lake'>,
  model: string,
  idOrName: string,
  { columns, at, segment = '', density = Number.POSITIVE_INFINITY, known }: Resolving,
): Promise<ResolvedReference> {
  const row = await findReference(ctx, model, idOrName);
  const { id, name, kind } = row;
  const before = known?.(row);
  if (before !== undefined) return before;
  const wanted = columns === undefined ? { model, segment } : { model, segment, columns };
  if (kind === 'file') {
    const profiles = await readColumns(ctx, { ...wanted, source: id, ...EVER });
    return { id, name, kind, from: null, to: null, profiles };
  }
  const options = windowOptions(row);
  const to = kind === 'rolling' ? at - (options.offset_ms ?? 0) : options.to!;
  const from = kind === 'rolling' ? to - options.window_ms! : options.from!;
  const profiles = await readColumns(ctx, { ...wanted, from, to }, { expected: (to - from) * density });
  return { id, name, kind, from, to, profiles };
}
