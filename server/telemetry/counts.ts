import type { ErrorCode } from '../../contract/errors.ts';
import type { TelemetryKind } from './kinds/kind.ts';
import type { TelemetryTally } from './tally.ts';

/** What came: a kind of OTLP, or samples by remote write. */
export type CountedKind = TelemetryKind['id'] | 'samples';
/** `stored`, `duplicate` of what was stored before, or the code that records were refused with. */
export type CountedResult = 'stored' | 'duplicate' | ErrorCode;

export interface TelemetryCount {
  readonly kind: CountedKind;
  readonly result: CountedResult;
  readonly count: number;
}

/** How many records of telemetry came since the start, by kind and what became of them. */
export class TelemetryCounts {
  readonly #counts = new Map<CountedKind, Map<CountedResult, number>>();

  add(kind: CountedKind, { stored, duplicates, refused }: TelemetryTally): void {
    const results = this.#counts.get(kind) ?? new Map<CountedResult, number>();
    this.#counts.set(kind, results);
    const add = (result: CountedResult, n: number) => results.set(result, (results.get(result) ?? 0) + n);
    add('stored', stored - duplicates);
    if (duplicates > 0) add('duplicate', duplicates);
    for (const [code, { count }] of refused) add(code, count);
  }

  list(): TelemetryCount[] {
    return [...this.#counts].flatMap(([kind, results]) =>
      [...results].map(([result, count]) => ({ kind, result, count })),
    );
  }
}
