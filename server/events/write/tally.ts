import type { Receipt, Rejection } from '../../../contract/receipt.ts';
import type { Refusal } from '../validate/refusal.ts';
import type { Group } from './group-commit.ts';
import { more, type Surplus } from './surplus.ts';

/** Rejections that a receipt spells out; `rejected_total` counts them all. */
const SHOWN = 100;
/** About a month: a file of the lake has the rows of one. */
const MONTH_MS = 31 * 86_400_000;
/** Models that a receipt warns of. */
const WARNED = 10;

/** What became of one request's events, and the groups that must be stored before it may be told. */
export class Tally {
  received = 0;
  stored = 0;
  duplicates = 0;
  rejectedTotal = 0;
  /** Of the body, of events that were refused. */
  rejectedBytes = 0;
  readonly rejected: Rejection[] = [];
  /** Months that its events are of, about. */
  readonly months = new Set<number>();
  #month = Number.NaN;
  /** Models that labels came for and that nobody knows. */
  readonly #strange = new Set<string>();
  /** Features that were left out, by model. */
  readonly surplus = new Map<string, Surplus>();
  /** Values that other receipts tell were left out. */
  #droppedElsewhere = 0;
  /** What other receipts warn of. */
  readonly #warnings: string[] = [];
  readonly #waits = new Set<Promise<void>>();

  reject(index: number, refusal: Refusal, bytes: number): void {
    this.rejectedTotal++;
    this.rejectedBytes += bytes;
    if (this.rejected.length < SHOWN) this.rejected.push({ index, ...refusal });
  }

  /** An event is stored that is of this moment. */
  at(time: number): void {
    const month = Math.floor(time / MONTH_MS);
    if (month === this.#month) return;
    this.#month = month;
    this.months.add(month);
  }

  /** A label came for a model that there is not, or not yet. */
  strange(model: string): void {
    if (this.#strange.size < WARNED) this.#strange.add(model);
  }

  /** Features of a row that no column was left for. */
  leftOut(model: string, names: readonly string[], at: number): void {
    this.surplus.set(model, more(this.surplus.get(model), names, at));
  }

  /** What is told besides. */
  warn(sentence: string): void {
    this.#warnings.push(sentence);
  }

  /** One more promise must be kept before the request is answered. */
  waitFor(stored: Promise<void>): void {
    this.#waits.add(stored);
  }

  /** Some of its rows are in a group. */
  waitForGroup(group: Group<unknown>): void {
    if (this.#waits.has(group.stored)) return;
    this.#waits.add(group.stored);
    group.requests++;
  }

  /** A row that was taken for new turned out to be in the lake. */
  readonly foundDuplicate = (): void => {
    this.stored--;
    this.duplicates++;
  };

  /** Resolves when everything is stored; rejects with the first failure, once nothing is under way any more. */
  async settled(): Promise<void> {
    const results = await Promise.allSettled(this.#waits);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** Adds another receipt; `indexOf` turns its indexes into those of this one. */
  addReceipt(receipt: Receipt, indexOf: (index: number) => number): void {
    this.received += receipt.received;
    this.stored += receipt.stored;
    this.duplicates += receipt.duplicates;
    this.rejectedTotal += receipt.rejected_total;
    for (const rejection of receipt.rejected) {
      if (this.rejected.length < SHOWN) this.rejected.push({ ...rejection, index: indexOf(rejection.index) });
    }
    this.#droppedElsewhere += receipt.dropped_features ?? 0;
    this.#warnings.push(...(receipt.warnings ?? []));
  }

  receipt(): Receipt {
    const { received, stored, duplicates, rejected, rejectedTotal } = this;
    const strange = [...this.#strange].map(
      (model) =>
        `no model called ${model} has predictions yet: its labels wait for them; if the name is misspelt, they wait for ever`,
    );
    const warnings = [...this.#warnings, ...strange];
    const dropped = [...this.surplus.values()].reduce(
      (sum, { values }) => sum + values,
      this.#droppedElsewhere,
    );
    return {
      ...{ received, stored, duplicates, rejected, rejected_total: rejectedTotal },
      ...(dropped === 0 ? {} : { dropped_features: dropped }),
      ...(warnings.length === 0 ? {} : { warnings }),
    };
  }
}
