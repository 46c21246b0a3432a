import { Readable } from 'node:stream';
import type { Ctx } from '../context.ts';
import { NEWEST_FIRST, type Place } from '../events/predictions/order.ts';
import { readFound } from '../events/predictions/read-found.ts';
import { readLabels } from '../events/predictions/read-labels.ts';
import { recordColumns, recordOf } from '../events/predictions/record.ts';
import type { Erasing } from '../events/subject/erase-subject.ts';
import { modelTable } from '../models/columns/schemas.ts';
import { modelColumns } from '../models/find-model.ts';
import type { OfSubject, Reach } from '../store/of-subject.ts';
import { OF_MODEL } from './of-model.ts';
import { reachesOf } from './reach.ts';

export const SUBJECT_FORMATS = ['ndjson', 'json'] as const;
export type SubjectFormat = (typeof SUBJECT_FORMATS)[number];
/** Predictions that are read at a time: what a download holds in memory. */
const PAGE = 500;

/**
 * All that is stored of a subject, however much it is: each row an object with its `type` (prediction, and what an erasure counts: label, span …), lines or
 * a list. What admins alone may read is told to others by its number. What can be refused is refused before the first byte. Errors: query_too_large.
 */
export async function exportSubject(ctx: Ctx, erasing: Erasing, format: SubjectFormat): Promise<Readable> {
  const { model, table, subject } = erasing;
  const columns = await modelColumns(ctx, model);
  const asked = { table: modelTable(table), range: null, filter: () => [subject.predictions] };
  const page = (after: Place | undefined) =>
    readFound(ctx, asked, { columns: recordColumns(columns), order: NEWEST_FIRST, after, limit: PAGE });
  const record = recordOf(model, columns);
  let { rows, more } = await page(undefined);

  async function* objects(): AsyncGenerator<object> {
    let n = 0;
    for (;;) {
      n += rows.length;
      const ids = rows.map(({ _id }) => _id);
      const labels = await readLabels(ctx, model, ids);
      await ctx.turn();
      for (const row of rows) yield { type: 'prediction', ...record(row, labels.get(row._id)) };
      const last = rows.at(-1);
      if (last === undefined || !more) break;
      ({ rows, more } = await page({ value: null, time: Number(last._time_ms), id: last._id }));
    }
    const bound = ctx.actor.models !== undefined;
    for await (const reach of reachesOf(ctx, erasing, n, { bound }))
      for (const { subject } of OF_MODEL) if (subject !== undefined) yield* beside(ctx, subject, reach);
  }
  return Readable.from(format === 'ndjson' ? lines(objects()) : list(objects()), { objectMode: false });
}

async function* beside(ctx: Ctx, subject: OfSubject, reach: Reach): AsyncGenerator<object> {
  const { type, secret = false } = subject;
  if (type === null) return;
  if (secret && !ctx.actor.scopes.has('admin')) {
    const n = await subject.count(ctx, reach);
    if (n > 0) yield { type: 'left_out', what: type, n, why: 'admins alone export these' };
    return;
  }
  for await (const row of subject.rows(ctx, reach)) yield { type, model: reach.model, ...row };
}

async function* lines(objects: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const each of objects) yield `${JSON.stringify(each)}\n`;
}

async function* list(objects: AsyncIterable<object>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const each of objects) {
    yield before + JSON.stringify(each);
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}
