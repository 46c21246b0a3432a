import type { Silence } from '../../../contract/silence.ts';
import { rfc3339 } from '../../../contract/time.ts';
import type { SilenceRow } from '../../store/ledger/schema.ts';
import { hoursOf, matchersOf, stateOf } from './active.ts';

/** A stored silence as the API shows it. `silenced`: incidents that go on and of which nobody is told. */
export function silenceOf(row: SilenceRow, now: number, silenced = 0): Silence {
  return {
    id: row.id,
    kind: row.kind,
    matchers: matchersOf(row),
    starts_at: rfc3339(row.starts_at),
    ends_at: rfc3339(row.ends_at),
    hours: hoursOf(row),
    comment: row.comment,
    created_by: row.created_by,
    state: stateOf(row, now),
    silenced,
  };
}
