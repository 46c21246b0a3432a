import { Readable } from 'node:stream';
import type { PredictionRecord } from '../../../contract/prediction.ts';
import type { Ctx } from '../../context.ts';
import { modelColumns } from '../../models/find-model.ts';
import { inBackground } from '../../store/lake/background.ts';
import type { Lane } from '../../store/lake/lane.ts';
import { csvRecord } from './csv.ts';
import type { LabelSearch, PredictionFilter } from './filter.ts';
import { MOST_COUNTED } from './read-found.ts';
import { featureColumns } from './record.ts';
import { searchPredictions } from './search-predictions.ts';

export const EXPORT_FORMATS = ['csv', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
/** Predictions in one file. As many as a search counts, so that its total says whether the file is whole. */
export const MOST_EXPORTED = MOST_COUNTED;
/** Predictions that are read at a time: what a download holds in memory. */
const PAGE = 1000;
/** Of these are written in one go. */
const PIECE = 100;

export const EXPORT_TYPE: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson',
};

export interface PredictionExport extends PredictionFilter {
  readonly format: ExportFormat;
  readonly limit: number;
}

/**
 * The newest predictions that fit as one file, read page by page while it is sent, behind what others ask and send.
 * `pages`: where pages of all exports are read, few at a time, for each takes fifty megabytes of the engine's memory. What can be refused is
 * refused before the first byte. Errors: not_found, invalid_request, query_too_large.
 */
export async function exportPredictions(
  ctx: Ctx,
  model: string,
  { format, limit, ...filter }: PredictionExport,
  labels: LabelSearch,
  pages: Lane,
): Promise<Readable> {
  const behind = { ...ctx, lake: inBackground(ctx.lake) };
  const page = (cursor: string | undefined, most: number) =>
    pages.run(
      () => searchPredictions(behind, model, { ...filter, cursor, limit: Math.min(PAGE, most) }, labels),
      false,
      ctx.actor.id,
    );
  let next = await page(undefined, limit);
  const features = featureColumns(await modelColumns(ctx, model));
  const line =
    format === 'csv' ? csvLine(features) : (record: PredictionRecord) => `${JSON.stringify(record)}\n`;

  async function* chunks(): AsyncGenerator<string> {
    if (format === 'csv') yield csvRecord([...FIXED.map(([name]) => name), ...features]);
    for (let left = limit; ; ) {
      for (let i = 0; i < next.items.length; i += PIECE) {
        yield next.items
          .slice(i, i + PIECE)
          .map(line)
          .join('');
        await ctx.turn();
      }
      left -= next.items.length;
      if (next.next_cursor === null || left <= 0) return;
      next = await page(next.next_cursor, left);
    }
  }
  return Readable.from(chunks(), { objectMode: false });
}

/** Columns before the features, as a search names them. */
const FIXED: readonly [name: string, of: (record: PredictionRecord) => number | string | null][] = [
  ['_id', ({ id }) => id],
  ['_time', ({ time }) => time],
  ['_version', ({ version }) => version],
  ['_prediction', ({ prediction }) => prediction],
  ['_score', ({ score }) => score],
  ['_label', ({ label }) => label?.value ?? null],
  ['_label_time', ({ label }) => label?.time ?? null],
  ['_error', ({ error }) => error],
  ['_latency_ms', ({ latency_ms }) => latency_ms],
  ['_variant', ({ variant }) => variant],
  ['_trace_id', ({ trace_id }) => trace_id],
  ['_request_id', ({ request_id }) => request_id],
  ['_tags', ({ tags }) => (Object.keys(tags).length === 0 ? null : JSON.stringify(tags))],
];

/** Values that did not fit their column are told as they were sent. */
function csvLine(features: readonly string[]): (record: PredictionRecord) => string {
  return (record) =>
    csvRecord([
      ...FIXED.map(([, of]) => of(record)),
      ...features.map(
        (name) => record.features[name] ?? (Object.hasOwn(record.misfit, name) ? record.misfit[name] : null),
      ),
    ]);
}
