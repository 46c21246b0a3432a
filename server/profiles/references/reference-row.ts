import { counted } from '../../../contract/counted.ts';
import type { Reference } from '../../../contract/reference.ts';
import { rfc3339 } from '../../../contract/time.ts';
import type { ReferenceRow } from '../../store/ledger/schema.ts';

/** Epoch milliseconds of fixed, automatic and rolling references as the ledger keeps them. */
export interface WindowOptions {
  readonly from?: number;
  readonly to?: number;
  readonly window_ms?: number;
  readonly offset_ms?: number;
}

export function windowOptions(row: Pick<ReferenceRow, 'options'>): WindowOptions {
  return JSON.parse(row.options) as WindowOptions;
}

/** A reference as the API shows it: moments in its options as RFC 3339. */
export function shownReference(row: ReferenceRow, defaultId: string | null): Reference {
  const { used, of, lacking, ...options } = JSON.parse(row.options) as Record<string, unknown>;
  for (const name of ['from', 'to']) {
    if (typeof options[name] === 'number') options[name] = rfc3339(options[name]);
  }
  return {
    id: row.id,
    model: row.model,
    name: row.name,
    kind: row.kind,
    options,
    columns: columnsOf({ used, of, lacking, ignored: options.ignored }),
    default: row.id === defaultId,
    created_by: row.created_by,
    created_at: rfc3339(row.created_at),
  };
}

/** What `options` of a file reference says of its columns; of one that an older version has stored nothing is known. */
function columnsOf({ used, of, ignored, lacking }: Record<string, unknown>): Reference['columns'] {
  if (typeof used !== 'number' || typeof of !== 'number') return null;
  const found = { used, of, ignored: ignored as string[], lacking: lacking as string[] };
  return { ...found, sentence: columnsSentence(found) };
}

const NAMED = 8;

/** `columnsSentence({ used: 8, of: 8, ignored: ['id', 'timestamp'], lacking: [] })` → '8 of 8 columns, 2 ignored: id, timestamp' */
export function columnsSentence({
  used,
  of,
  ignored,
  lacking,
}: Omit<NonNullable<Reference['columns']>, 'sentence'>): string {
  const list = (names: readonly string[]) =>
    names.slice(0, NAMED).join(', ') + (names.length > NAMED ? ` and ${names.length - NAMED} more` : '');
  const parts = [
    of === 0 ? 'no features' : `${used} of ${counted(of, 'column')}`,
    ...(lacking.length > 0 ? [`without ${list(lacking)}`] : []),
    ...(ignored.length > 0 ? [`${ignored.length} ignored: ${list(ignored)}`] : []),
  ];
  return parts.join(', ');
}
