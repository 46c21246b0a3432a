/** What is known of a metric beside its series. */
export interface MetricMetadata {
  /** counter, gauge …; empty where nobody said. */
  readonly type: string;
  readonly help: string;
  readonly unit: string;
}

export const NO_METADATA: MetricMetadata = { type: '', help: '', unit: '' };

/** Families of one sender that are remembered. */
const MOST_FAMILIES = 20_000;
const HELP_LENGTH = 512;

/** What a sender said of its metrics: in version 1 of the protocol that comes by itself, once a minute. */
export class FamilyMetadata {
  readonly #families = new Map<string, MetricMetadata>();

  /** Whether it is something new. */
  note(family: string, { type, help, unit }: MetricMetadata): boolean {
    const known = this.#families.get(family);
    if (known === undefined && this.#families.size >= MOST_FAMILIES) return false;
    const own = { type, help: help.slice(0, HELP_LENGTH), unit: unit.slice(0, 64) };
    if (known !== undefined && known.type === own.type && known.help === own.help && known.unit === own.unit)
      return false;
    this.#families.set(family, own);
    return true;
  }

  /** Of a metric: its own, or that of the family whose part it is (`_bucket`, `_sum`, `_count`, `_total`). */
  of(metric: string): MetricMetadata {
    return this.#families.get(metric) ?? this.#families.get(metric.replace(PART, '')) ?? NO_METADATA;
  }
}

const PART = /_(?:bucket|sum|count|total)$/;
