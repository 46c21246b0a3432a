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
  const options = JSON.parse(row.options) as Record<string, unknown>;
  for (const name of ['from', 'to']) {
    if (typeof options[name] === 'number') options[name] = rfc3339(options[name]);
  }
  return {
    id: row.id,
    model: row.model,
    name: row.name,
    kind: row.kind,
    options,
    default: row.id === defaultId,
    created_by: row.created_by,
    created_at: rfc3339(row.created_at),
  };
}
