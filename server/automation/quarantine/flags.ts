import { TiltmeterError } from '../../../contract/errors.ts';
import type { ModelQuarantine, Quarantine } from '../../../contract/quarantine.ts';
import { rfc3339 } from '../../../contract/time.ts';
import type { Ctx } from '../../context.ts';
import { modelRow } from '../../models/find-model.ts';
import { modelIds } from '../../models/list-ids.ts';
import type { QuarantineRow } from '../../store/ledger/schema.ts';

/** What was read longer ago is read again before it is told: the job that reads it each second may be stuck. */
const STALE_MS = 5_000;
/** Flags that are kept in memory; where there are more, those of a model are read when it is asked about. */
const MOST_FLAGS = 50_000;

interface Known {
  readonly models: ReadonlySet<string>;
  /** Null: too many to be kept. */
  readonly flags: ReadonlyMap<string, readonly QuarantineRow[]> | null;
  readonly at: number;
  readonly readAt: string;
}

/** All flags that stand, in memory, so that a service that asks before each prediction costs no query. */
export class Flags {
  readonly #ctx: Pick<Ctx, 'ledger' | 'clock' | 'monotonic'>;
  readonly #most: number;
  #known: Known | undefined;
  #reading: Promise<Known> | undefined;

  constructor(ctx: Pick<Ctx, 'ledger' | 'clock' | 'monotonic'>, most = MOST_FLAGS) {
    this.#ctx = ctx;
    this.#most = most;
  }

  /** Reads them anew; what was changed before the call is in what is told after it. */
  async refresh(): Promise<Known> {
    // What is being read may be of before the change.
    await this.#reading?.catch(() => {});
    return this.#read();
  }

  /** What of a model is flagged now, at most five seconds old. Errors: not_found, store_unavailable. */
  async of(model: string): Promise<ModelQuarantine> {
    const { monotonic, clock } = this.#ctx;
    const fresh = this.#known !== undefined && monotonic() - this.#known.at <= STALE_MS;
    const known = fresh ? this.#known! : await this.#read();
    if (!known.models.has(model) && (await modelRow(this.#ctx, model)) === undefined)
      throw new TiltmeterError('not_found', `there is no model ${model}`);
    const now = clock();
    const flags = known.flags === null ? await this.#standing(now, model) : (known.flags.get(model) ?? []);
    const rows = flags.filter(({ until }) => until === null || until > now);
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
      read_at: known.readAt,
    };
  }

  #read(): Promise<Known> {
    this.#reading ??= this.#ask().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #ask(): Promise<Known> {
    const { clock, monotonic } = this.#ctx;
    const at = monotonic();
    const now = clock();
    const [rows, ids] = await Promise.all([this.#standing(now), modelIds(this.#ctx)]);
    const flags = rows.length > this.#most ? null : Map.groupBy(rows, ({ model }) => model);
    this.#known = { models: new Set(ids), flags, at, readAt: rfc3339(now) };
    return this.#known;
  }

  /** What stands at a moment, of one model or of all. Each half is a search of the index: what ended is never read. */
  #standing(now: number, model?: string): Promise<QuarantineRow[]> {
    let query = this.#ctx.ledger
      .selectFrom('quarantines')
      .selectAll()
      .where(({ eb, and, or }) => {
        const notEnded = eb('ended_at', 'is', null);
        return or([and([notEnded, eb('until', 'is', null)]), and([notEnded, eb('until', '>', now)])]);
      })
      .orderBy('id')
      .limit(this.#most + 1);
    if (model !== undefined) query = query.where('model', '=', model);
    return query.execute();
  }
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
