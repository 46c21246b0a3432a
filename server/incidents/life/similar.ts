import type { Cause } from '../../../contract/incident.ts';
import type { IncidentRow } from '../../store/ledger/schema.ts';

/** What of an incident tells whether another is like it. */
export interface Likeness {
  readonly models: ReadonlySet<string>;
  /** The kind of cause that a person found, else the likeliest that was named; null: none. */
  readonly cause: string | null;
  readonly columns: ReadonlySet<string>;
  /** Kinds of its alerts. */
  readonly kinds: ReadonlySet<string>;
}

/** Causes below that are guesses: they make no two incidents alike. */
const NAMED = 0.3;

/** The cause that an incident goes by. */
export function causeOf({ found, causes }: Pick<IncidentRow, 'found' | 'causes'>): string | null {
  if (found !== null) return found;
  const [first] = JSON.parse(causes) as Cause[];
  return first !== undefined && first.confidence >= NAMED ? first.kind : null;
}

/** Columns that the likeliest cause names. */
export function columnsOf({ causes }: Pick<IncidentRow, 'causes'>): Set<string> {
  const [first] = JSON.parse(causes) as Cause[];
  return new Set([first?.column ?? '', ...(first?.columns ?? [])].filter((column) => column !== ''));
}

/**
 * How alike two incidents are, from 0, and what they share, in words. A cause weighs most, then its columns, the model, and each kind of
 * alert. Pure. Example: the same cause in the same column of the same model → 3 + 2 + 1 and more.
 */
export function likeness(a: Likeness, b: Likeness): { readonly score: number; readonly because: string[] } {
  const columns = shared(a.columns, b.columns);
  const models = shared(a.models, b.models);
  const kinds = shared(a.kinds, b.kinds);
  const cause = a.cause !== null && a.cause === b.cause ? a.cause : null;
  const because = [
    ...(cause === null ? [] : [`the same cause: ${cause.replaceAll('_', ' ')}`]),
    ...(columns.length === 0 ? [] : [`the same columns: ${columns.slice(0, 3).join(', ')}`]),
    ...(models.length === 0 ? [] : ['the same model']),
    ...(kinds.length === 0 ? [] : [`alerts of ${kinds.slice(0, 3).join(', ').replaceAll('_', ' ')}`]),
  ];
  const score =
    (cause === null ? 0 : 3) +
    (columns.length === 0 ? 0 : 2) +
    (models.length === 0 ? 0 : 1) +
    kinds.length / Math.max(1, a.kinds.size, b.kinds.size);
  return { score, because };
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): string[] {
  return [...a].filter((each) => b.has(each));
}
