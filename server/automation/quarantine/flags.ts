import type { ModelQuarantine } from '../../../contract/quarantine.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { changedSince } from '../../audit/changed-since.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { Standing } from './standing.ts';

/** When changes were looked for longer ago, they are looked for before anything is told: the job that does it each second may be stuck. */
const STALE_MS = 5_000;
/** Flags that are kept in memory, about 50 MB; where services ask about models with more, those that came first are read again when they are asked about. */
const MOST_FLAGS = 100_000;
/** The changes, as the audit log calls them, after which something else may be told of a model. */
const CHANGES = ['quarantine.set', 'quarantine.end', 'model.delete', 'model.merge'];

interface Kept {
  readonly standing: Promise<Standing>;
  /** What it counts for; 0 while it is read. */
  size: number;
}

/**
 * The flags of models that services ask about, in memory: a question costs no query but the first one of a model. Which models were changed, here or on another
 * server, the audit log says; those alone are read again.
 */
export class Flags {
  readonly #ctx: Pick<Ctx, 'ledger' | 'clock' | 'monotonic'>;
  readonly #most: number;
  /** By model, those that came first before the others. */
  readonly #kept = new Map<string, Kept>();
  #size = 0;
  /** How far changes were followed, and when. */
  #followed: { readonly end: number; readonly at: number; readonly readAt: string } | undefined;
  #following: Promise<void> | undefined;

  constructor(ctx: Pick<Ctx, 'ledger' | 'clock' | 'monotonic'>, most = MOST_FLAGS) {
    this.#ctx = ctx;
    this.#most = most;
  }

  /** Follows the changes; what was changed before the call is in what is told after it. */
  async refresh(): Promise<void> {
    // What is being followed may be of before the change.
    await this.#following?.catch(() => {});
    await this.#follow();
  }

  /** What of a model is flagged now, at most five seconds old. Errors: not_found, store_unavailable. */
  async of(model: string): Promise<ModelQuarantine> {
    const { monotonic, clock } = this.#ctx;
    if (this.#followed === undefined || monotonic() - this.#followed.at > STALE_MS) await this.#follow();
    const standing = await (this.#kept.get(model) ?? this.#read(model)).standing;
    return { ...standing.at(clock()), read_at: this.#followed!.readAt };
  }

  #follow(): Promise<void> {
    this.#following ??= this.#look().finally(() => {
      this.#following = undefined;
    });
    return this.#following;
  }

  async #look(): Promise<void> {
    const { clock, monotonic } = this.#ctx;
    const [at, readAt] = [monotonic(), rfc3339(clock())];
    const { end, targets } = await changedSince(this.#ctx, this.#followed?.end, CHANGES);
    const changed = [...this.#kept.keys()].filter((model) => targets?.has(model));
    if (targets === null) this.#forget();
    // One that cannot be read is not kept: whoever asks about it next is told why.
    await Promise.allSettled(changed.map((model) => this.#read(model).standing));
    this.#followed = { end, at, readAt };
  }

  /** It is kept before it is read: a change that is followed meanwhile has it read again. */
  #read(model: string): Kept {
    this.#drop(model);
    const kept: Kept = { standing: this.#ask(model), size: 0 };
    this.#kept.set(model, kept);
    kept.standing.then(
      ({ size }) => this.#weigh(model, kept, size),
      () => this.#kept.get(model) === kept && this.#drop(model),
    );
    return kept;
  }

  #weigh(model: string, kept: Kept, size: number): void {
    if (this.#kept.get(model) !== kept) return;
    // A model without any is not for nothing.
    kept.size = 1 + size;
    this.#size += kept.size;
    for (const first of this.#kept.keys()) {
      if (this.#size <= this.#most) return;
      this.#drop(first);
    }
  }

  #forget(): void {
    this.#kept.clear();
    this.#size = 0;
  }

  #drop(model: string): void {
    this.#size -= this.#kept.get(model)?.size ?? 0;
    this.#kept.delete(model);
  }

  /** What stands; what ended is not read. */
  async #ask(model: string): Promise<Standing> {
    const { ledger, clock } = this.#ctx;
    await findModel(this.#ctx, model);
    const now = clock();
    const rows = await ledger
      .selectFrom('quarantines')
      .selectAll()
      .where('model', '=', model)
      .where('ended_at', 'is', null)
      .where(({ eb, or }) => or([eb('until', 'is', null), eb('until', '>', now)]))
      .orderBy('id')
      .execute();
    return new Standing(model, rows);
  }
}
