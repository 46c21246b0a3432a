import type { ModelQuarantine, Quarantine } from '../../../contract/quarantine.ts';
import { rfc3339 } from '../../../contract/time.ts';
import type { QuarantineRow } from '../../store/ledger/schema.ts';

type Told = Omit<ModelQuarantine, 'read_at'>;

/** Flags of a model that had not ended when they were read, and what is told of them: made anew only when the time of one has come. */
export class Standing {
  readonly #model: string;
  #rows: readonly QuarantineRow[];
  #told: Told | undefined;
  /** When the next of them ends by itself. */
  #until = Number.POSITIVE_INFINITY;

  constructor(model: string, rows: readonly QuarantineRow[]) {
    this.#model = model;
    this.#rows = rows;
  }

  /** How many are kept. */
  get size(): number {
    return this.#rows.length;
  }

  /** What stands at a moment, which never goes back behind one that was asked about. */
  at(now: number): Told {
    if (this.#told !== undefined && now < this.#until) return this.#told;
    this.#rows = this.#rows.filter(({ until }) => until === null || until > now);
    this.#until = this.#rows.reduce(
      (least, { until }) => Math.min(least, until ?? least),
      Number.POSITIVE_INFINITY,
    );
    this.#told = told(this.#model, this.#rows);
    return this.#told;
  }
}

function told(model: string, rows: readonly QuarantineRow[]): Told {
  const named = (of: Quarantine['of']) => [
    ...new Set(rows.filter(({ flag_of }) => flag_of === of).map(({ name }) => name)),
  ];
  return {
    model,
    flagged: rows.length > 0,
    columns: named('column'),
    segments: named('segment'),
    whole_model: rows.some(({ flag_of }) => flag_of === 'model'),
    flags: rows.map(quarantineOf),
  };
}

/** A stored flag as the API shows it. */
export function quarantineOf(row: QuarantineRow): Quarantine {
  return {
    id: row.id,
    of: row.flag_of,
    name: row.name,
    reason: row.reason,
    since: rfc3339(row.since),
    until: row.until === null ? null : rfc3339(row.until),
    by: row.set_by,
    incident: row.incident,
  };
}
