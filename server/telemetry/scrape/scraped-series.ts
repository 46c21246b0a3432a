import { isUtf8 } from 'node:buffer';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { ExposedLine } from '../exposition/read-exposition.ts';
import { labelsOf } from '../exposition/series-text.ts';
import { hashOfBytes } from '../remote-write/label-hash.ts';
import { type MetricMetadata, NO_METADATA } from '../remote-write/metadata.ts';
import { NO_HISTOGRAMS } from '../remote-write/read-samples.ts';
import type { Label, SentSamples, SentSeries } from '../remote-write/sent-series.ts';
import { mergeLabels } from './merge-labels.ts';
import type { Target } from './target.ts';

const NO_STALE: ReadonlySet<number> = new Set();
const STALE: ReadonlySet<number> = new Set([0]);

const viewOf = (body: Buffer): DataView => new DataView(body.buffer, body.byteOffset, body.length);

/** A page of a target, as its lines are read. */
export interface ScrapedPage {
  readonly target: Target;
  readonly body: Buffer;
  readonly view: DataView;
  /** Epoch milliseconds: of lines that tell no time of their own. */
  readonly at: number;
}

export const pageOf = (target: Target, body: Buffer, at: number): ScrapedPage => ({
  ...{ target, body, at },
  view: viewOf(body),
});

/** A line of a page. */
export class LineSeries implements SentSeries {
  readonly #page: ScrapedPage;
  readonly #line: ExposedLine;

  constructor(page: ScrapedPage, line: ExposedLine) {
    this.#page = page;
    this.#line = line;
  }

  get bytes(): number {
    return this.#line.to - this.#line.from;
  }

  key(): number {
    return hashOfBytes(this.#page.view, this.#line.from, this.#line.to);
  }

  /** Errors: invalid_telemetry. */
  labels(): Label[] {
    const { body, target } = this.#page;
    const { from, to, number } = this.#line;
    try {
      return labelsIn(body.subarray(from, to), target);
    } catch (error) {
      if (!(error instanceof TiltmeterError)) throw error;
      throw new TiltmeterError(error.code, `line ${number}: ${error.message}`);
    }
  }

  /** Errors: invalid_telemetry. */
  samples(): SentSamples {
    const { wrong, time, value } = this.#line;
    if (wrong !== undefined) throw wrong;
    const at = this.#page.target.job.honor_timestamps ? (time ?? this.#page.at) : this.#page.at;
    return { times: [at], values: [value], stale: NO_STALE, histograms: NO_HISTOGRAMS };
  }

  metadata(): MetricMetadata {
    return this.#line.metadata;
  }
}

/** The end of a series that a target told before and tells no more, by its text. */
export class EndedSeries implements SentSeries {
  readonly #target: Target;
  readonly #text: Buffer;
  readonly #at: number;

  constructor(target: Target, text: string, at: number) {
    this.#target = target;
    this.#text = Buffer.from(text);
    this.#at = at;
  }

  get bytes(): number {
    return this.#text.length;
  }

  key(): number {
    return hashOfBytes(viewOf(this.#text), 0, this.#text.length);
  }

  labels(): Label[] {
    return labelsIn(this.#text, this.#target);
  }

  samples(): SentSamples {
    return { times: [this.#at], values: [Number.NaN], stale: STALE, histograms: NO_HISTOGRAMS };
  }

  metadata(): MetricMetadata {
    return NO_METADATA;
  }
}

/** What is told of a target itself; `value` undefined: nothing is any more. */
export class ReportSeries implements SentSeries {
  readonly #target: Target;
  readonly #name: string;
  readonly #value: number | undefined;
  readonly #at: number;

  constructor(target: Target, name: string, value: number | undefined, at: number) {
    this.#target = target;
    this.#name = name;
    this.#value = value;
    this.#at = at;
  }

  get bytes(): number {
    return this.#name.length;
  }

  /** Of no text that a page may have. */
  key(): number {
    const text = Buffer.from(`# ${this.#name}`);
    return hashOfBytes(viewOf(text), 0, text.length);
  }

  labels(): Label[] {
    return [['__name__', this.#name], ...this.#target.labels];
  }

  samples(): SentSamples {
    const stale = this.#value === undefined ? STALE : NO_STALE;
    return { times: [this.#at], values: [this.#value ?? Number.NaN], stale, histograms: NO_HISTOGRAMS };
  }

  metadata(): MetricMetadata {
    return { type: 'gauge', help: '', unit: '' };
  }
}

/** Errors: invalid_telemetry. */
function labelsIn(text: Buffer, { labels, job }: Target): Label[] {
  if (!isUtf8(text)) throw new TiltmeterError('invalid_telemetry', 'labels must be UTF-8');
  return mergeLabels(labelsOf(text.toString('utf8')), labels, job.honor_labels);
}
