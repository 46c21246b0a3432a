import { TiltmeterError } from '../../../contract/errors.ts';
import { type ExpositionFormat, readExposition } from '../exposition/read-exposition.ts';
import type { SentRequest, SentSeries } from '../remote-write/sent-series.ts';
import { EndedSeries, LineSeries, pageOf, ReportSeries } from './scraped-series.ts';
import { isProbed, type Target } from './target.ts';

/** What is told of every scrape, with the names that Prometheus has for it. */
const REPORT = [
  'up',
  'scrape_duration_seconds',
  'scrape_samples_scraped',
  'scrape_samples_post_metric_relabeling',
  'scrape_series_added',
] as const;

/** The series that a target told last, without those whose times it tells itself: their texts by their keys. */
export type Seen = ReadonlyMap<number, string>;
export const NOTHING_SEEN: Seen = new Map();

/** What is told of every probe, with the names that the blackbox exporter has for it. */
const PROBE = [
  'probe_success',
  'probe_duration_seconds',
  'probe_http_status_code',
  'probe_ssl_earliest_cert_expiry',
] as const;

export interface Page {
  readonly body: Buffer;
  readonly format: ExpositionFormat;
}

export interface Scrape {
  readonly target: Target;
  /** Epoch milliseconds at which it began. */
  readonly at: number;
  readonly seconds: number;
  /** Undefined where none came, or none that is taken. */
  readonly page: Page | undefined;
  /** Of the scrape before. */
  readonly seen: Seen;
}

/** What a scrape turned out to be, once all of its series were taken. */
export interface Scraped {
  up: boolean;
  samples: number;
  seen: Seen;
}

/**
 * A scrape as a request of series: the lines of its page, the ends of those that it has no more, and what is told of the scrape itself. `scraped` is filled in on
 * the way.
 */
export function scrapedRequest(scrape: Scrape, scraped: Scraped): SentRequest {
  return { series: { [Symbol.iterator]: () => seriesOf(scrape, scraped) }, metadata: [] };
}

/** The ends of everything that a target told and that was told of it, for it is no target any more. */
export function endedRequest(target: Target, seen: Seen, at: number): SentRequest {
  return {
    series: [
      ...[...seen.values()].map((text) => new EndedSeries(target, text, at)),
      ...(isProbed(target) ? PROBE : REPORT).map((name) => new ReportSeries(target, name, undefined, at)),
    ],
    metadata: [],
  };
}

function* seriesOf(
  { target, at, seconds, page, seen: before }: Scrape,
  scraped: Scraped,
): Generator<SentSeries> {
  const seen = new Map<number, string>();
  let [good, added, all] = [0, 0, 0];
  if (page !== undefined) {
    const { body, format } = page;
    const known = pageOf(target, body, at);
    for (const line of readExposition(body, format)) {
      all++;
      const series = new LineSeries(known, line);
      if (line.wrong === undefined && (line.time === undefined || !target.job.honor_timestamps)) {
        const key = series.key();
        if (seen.has(key)) {
          const wrong = new TiltmeterError(
            'invalid_telemetry',
            `line ${line.number}: the series is there twice`,
          );
          yield new LineSeries(known, { ...line, wrong });
          continue;
        }
        const text = before.get(key);
        if (text === undefined) added++;
        seen.set(key, text ?? body.toString('utf8', line.from, line.to));
      }
      if (line.wrong === undefined) good++;
      yield series;
    }
  }
  for (const [key, text] of before) if (!seen.has(key)) yield new EndedSeries(target, text, at);
  scraped.up = page !== undefined && (good > 0 || all === 0);
  scraped.samples = all;
  scraped.seen = seen;
  const values = [scraped.up ? 1 : 0, seconds, all, good, added];
  for (const [i, name] of REPORT.entries()) yield new ReportSeries(target, name, values[i], at);
}
