import { counted } from '../../contract/counted.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { Rejection } from '../../contract/receipt.ts';
import type { Shortened } from './otlp/attributes.ts';

interface Refused {
  count: number;
  /** Of the first one. */
  readonly message: string;
}

/** What became of the records of one request, and the groups that must be stored before it may be told. */
export class TelemetryTally implements Shortened {
  stored = 0;
  /** Of those that count as stored, how many were there before. */
  duplicates = 0;
  /** Of those that count as stored, native histograms by remote write. */
  histograms = 0;
  rejected = 0;
  /** Bytes of those that were refused. */
  rejectedBytes = 0;
  /** Attributes, events and the like that were left out or cut. */
  attributes = 0;
  readonly refused = new Map<ErrorCode, Refused>();
  readonly #waits = new Set<Promise<void>>();

  reject(code: ErrorCode, message: string, bytes: number, count = 1): void {
    this.rejected += count;
    this.rejectedBytes += bytes;
    const known = this.refused.get(code);
    if (known === undefined) this.refused.set(code, { count, message });
    else known.count += count;
  }

  /** Answers of models that were refused as predictions. `alone`: they were counted as stored, for they are all that their record was. */
  refusePredictions(rejected: readonly Rejection[], total: number, alone: boolean): void {
    if (alone) this.stored -= total;
    for (const { code, message } of rejected) this.reject(code as ErrorCode, message, 0);
    const beyond = rejected[0];
    for (let i = rejected.length; i < total; i++) this.reject(beyond!.code as ErrorCode, beyond!.message, 0);
  }

  waitFor(stored: Promise<void>): void {
    this.#waits.add(stored);
  }

  /** Resolves when everything is stored; rejects with the first failure, once nothing is under way any more. */
  async settled(): Promise<void> {
    const results = await Promise.allSettled(this.#waits);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  /** What is told beside what was stored; empty where there is nothing to tell. */
  told(): string {
    const reasons = [...this.refused].map(([code, { count, message }]) => `${code} (${count}): ${message}`);
    const cut = `${counted(this.attributes, 'attribute')} were cut or left out: they were too long, or too many`;
    return [...reasons, ...(this.attributes === 0 ? [] : [cut])].join('; ').slice(0, 4096);
  }
}
