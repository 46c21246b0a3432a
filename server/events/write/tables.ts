import type { Log } from '../../log.ts';
import type { Schemas } from '../../models/columns/schemas.ts';
import type { Stamps } from '../../stamps.ts';
import { engineCode, NO_SUCH_COLUMN } from '../../store/lake/engine-error.ts';
import type { Lake } from '../../store/lake/lake.ts';
import { Lane } from '../../store/lake/lane.ts';
import type { Batch } from '../columns/batch.ts';
import { PredictionBatch } from '../columns/prediction-batch.ts';
import { lookUp } from '../ids/look-up.ts';
import type { IngestLimits } from '../limits.ts';
import type { Announcements } from './announce.ts';
import { insertExactlyOnce, type RetryOptions, retry } from './exactly-once.ts';
import { type Group, GroupCommit } from './group-commit.ts';

export interface TablesOptions {
  readonly lake: Lake;
  readonly log: Log;
  readonly limits: IngestLimits;
  readonly schemas: Schemas;
  readonly stamps: Stamps;
  readonly announcements: Announcements;
  readonly wait: (ms: number) => Promise<void>;
}

/** Who wrote so short a time ago is writing. */
const BESIDE_MS = 250;

/** batch → write: one group commit per table, a bounded number of inserts at a time over all of them. */
export class Tables {
  readonly #options: TablesOptions;
  readonly #commits = new Map<string, GroupCommit<Batch>>();
  readonly #lane: Lane;
  /** When a write into each table ended last, or began. */
  readonly #written = new Map<string, number>();

  constructor(options: TablesOptions) {
    this.#options = options;
    this.#lane = new Lane({ width: options.limits.inserts });
  }

  /** The group of a table that takes rows now, of somebody: who fills many tables has others' written in between. Add them before anything is awaited. */
  open(table: string, make: () => Batch, by: string): Group<Batch> {
    let commit = this.#commits.get(table);
    if (commit === undefined) {
      commit = new GroupCommit({
        make,
        write: (batch, beganBy) =>
          this.#noted(table, () => this.#lane.run(() => this.#write(batch, beganBy), false, beganBy)),
        full: ({ rows, bytes }) =>
          rows >= this.#options.limits.batchRows || bytes >= this.#options.limits.batchBytes,
        empty: (batch) => batch.rows === 0,
        // Labels of one prediction must be stored in their order, predictions need not.
        ample: (batch) => batch instanceof PredictionBatch && batch.rows >= this.#options.limits.ampleRows,
        lingerMs: this.#options.limits.lingerMs,
        pace: this.#options.limits.gather,
        shared: () => this.#writtenBeside(table),
      });
      this.#commits.set(table, commit);
    }
    return commit.open(by);
  }

  /** Groups of a table that are not stored yet. */
  pending(table: string): Group<Batch>[] {
    return this.#commits.get(table)?.pending() ?? [];
  }

  async drain(): Promise<void> {
    await Promise.all([...this.#commits.values()].map((commit) => commit.drain()));
  }

  async #noted(table: string, write: () => Promise<void>): Promise<void> {
    this.#written.set(table, performance.now());
    try {
      await write();
    } finally {
      this.#written.set(table, performance.now());
    }
  }

  /** Whether rows were written into another table a moment ago. */
  #writtenBeside(table: string): boolean {
    const since = performance.now() - BESIDE_MS;
    let beside = false;
    for (const [other, at] of this.#written) {
      if (at < since) this.#written.delete(other);
      else beside ||= other !== table;
    }
    return beside;
  }

  async #write(batch: Batch, of: string): Promise<void> {
    const { lake, log, limits, schemas, announcements, wait } = this.#options;
    const options: RetryOptions = {
      attempts: limits.attempts,
      retryMs: limits.retryMs,
      wait,
      repeated: (attempt, err) =>
        log.warn({ table: batch.table, rows: batch.rows, attempt, err }, 'the store is away; trying again'),
    };
    await retry(() => this.#settleSuspects(batch), options);
    if (batch.rows === 0) return;
    if (batch instanceof PredictionBatch) {
      await retry(() => schemas.settle(batch.schema, batch.columns.keys()), options);
      batch.conform();
    }
    await this.#stamped(async (stamp) => {
      const { arrivals, models } = batch;
      if (arrivals !== undefined) await retry(() => announcements.told(arrivals, models, stamp), options);
      await this.#insert(batch, { ...options, lake, stamp, of });
    });
  }

  /** A column may have been removed while rows with values of it were gathered: then it comes again with them. */
  async #insert(batch: Batch, options: Parameters<typeof insertExactlyOnce>[1]): Promise<void> {
    try {
      await insertExactlyOnce(batch, options);
    } catch (error) {
      if (!(batch instanceof PredictionBatch) || engineCode(error) !== NO_SUCH_COLUMN) throw error;
      await retry(() => this.#options.schemas.restore(batch.schema, batch.columns.keys()), options);
      batch.conform();
      await insertExactlyOnce(batch, options);
    }
  }

  /** Writes under a stamp, which is under way until the last try has ended. */
  async #stamped(write: (stamp: number) => Promise<void>): Promise<void> {
    const { stamps } = this.#options;
    const stamp = stamps.next();
    try {
      await write(stamp);
    } finally {
      stamps.settled(stamp);
    }
  }

  /** Looks the suspects up and takes out those that are in the lake. */
  async #settleSuspects(batch: Batch): Promise<void> {
    const columns = batch.keys;
    if (batch.suspects.length === 0 || columns === undefined) return;
    const positions = new Set<number>();
    const found: (() => void)[] = [];
    for (const [doubt, suspects] of Map.groupBy(batch.suspects, ({ doubt }) => doubt)) {
      const ids = suspects.map(({ row }) => batch.ids[row]!);
      const stored = await lookUp(this.#options.lake, columns, doubt, ids);
      for (const [i, suspect] of suspects.entries()) {
        if (!stored.has(ids[i]!)) continue;
        positions.add(suspect.row);
        found.push(suspect.found);
      }
    }
    for (const tell of found) tell();
    batch.suspects = [];
    batch.drop(positions);
  }
}
