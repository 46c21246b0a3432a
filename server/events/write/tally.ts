import type { Receipt, Rejection } from '../../../contract/receipt.ts';
import type { Refusal } from '../validate/refusal.ts';

/** Rejections that a receipt spells out; `rejected_total` counts them all. */
const SHOWN = 100;
/** Models that a receipt warns of. */
const WARNED = 10;

/** What became of one request's events, and the groups that must be stored before it may be told. */
export class Tally {
  received = 0;
  stored = 0;
  duplicates = 0;
  rejectedTotal = 0;
  readonly rejected: Rejection[] = [];
  /** Models that labels came for and that nobody knows. */
  readonly #strange = new Set<string>();
  /** What other receipts warn of. */
  readonly #warnings: string[] = [];
  readonly #waits = new Set<Promise<void>>();

  reject(index: number, refusal: Refusal): void {
    this.rejectedTotal++;
    if (this.rejected.length < SHOWN) this.rejected.push({ index, ...refusal });
  }

  /** A label came for a model that there is not, or not yet. */
  strange(model: string): void {
    if (this.#strange.size < WARNED) this.#strange.add(model);
  }

  waitFor(stored: Promise<void>): void {
    this.#waits.add(stored);
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
    this.#warnings.push(...(receipt.warnings ?? []));
  }

  receipt(): Receipt {
    const { received, stored, duplicates, rejected, rejectedTotal } = this;
    const strange = [...this.#strange].map(
      (model) =>
        `no model called ${model} has predictions yet: its labels wait for them; if the name is misspelt, they wait for ever`,
    );
    const warnings = [...this.#warnings, ...strange];
    const receipt = { received, stored, duplicates, rejected, rejected_total: rejectedTotal };
    return warnings.length === 0 ? receipt : { ...receipt, warnings };
  }
}
