import { Readable } from 'node:stream';
import { rfc3339 } from '../../../contract/time.ts';
import type { Ctx } from '../../context.ts';
import { modelTable } from '../../models/columns/schemas.ts';
import { modelColumns } from '../../models/find-model.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import type { Fragment } from '../predictions/condition.ts';
import { NEWEST_FIRST, type Place } from '../predictions/order.ts';
import { readFound } from '../predictions/read-found.ts';
import { readEveryLabel, readLabels } from '../predictions/read-labels.ts';
import { recordColumns, recordOf } from '../predictions/record.ts';
import { OF_IDS } from './count-subject.ts';
import type { Subject } from './subject.ts';

export const SUBJECT_FORMATS = ['ndjson', 'json'] as const;
export type SubjectFormat = (typeof SUBJECT_FORMATS)[number];
/** Predictions that are read at a time: what a download holds in memory. */
const PAGE = 500;

/**
 * All that is stored of a subject, however much it is: each row an object with its `type` (prediction, label, outcome, reject), lines or a list.
 * What can be refused is refused before the first byte. Errors: query_too_large.
 */
export async function exportSubject(
  ctx: Ctx,
  { id: model, table_name }: ModelRow,
  subject: Subject,
  format: SubjectFormat,
): Promise<Readable> {
  const columns = await modelColumns(ctx, model);
  const asked = { table: modelTable(table_name), range: null, filter: () => [subject.predictions] };
  const page = (after: Place | undefined) =>
    readFound(ctx, asked, { columns: recordColumns(columns), order: NEWEST_FIRST, after, limit: PAGE });
  const record = recordOf(model, columns);
  let { rows, more } = await page(undefined);

  async function* objects(): AsyncGenerator<object> {
    for (;;) {
      const ids = rows.map(({ _id }) => _id);
      const labels = await readLabels(ctx, model, ids);
      await ctx.turn();
      for (const row of rows) yield { type: 'prediction', ...record(row, labels.get(row._id)) };
      yield* belonging(ctx, model, ids, subject);
      const last = rows.at(-1);
      if (last === undefined || !more) break;
      ({ rows, more } = await page({ value: null, time: Number(last._time_ms), id: last._id }));
    }
    yield* belonging(ctx, model, await withoutPrediction(ctx, asked.table, subject.ids), subject);
    yield* rejected(ctx, model, subject.rejects);
  }
  return Readable.from(format === 'ndjson' ? lines(objects()) : list(objects()), { objectMode: false });
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

async function withoutPrediction(ctx: Ctx, table: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.lake.query<{ id: string }>(
    `SELECT DISTINCT _id AS id FROM ${table} WHERE _id IN ({ids:Array(String)})`,
    { ids },
  );
  const there = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !there.has(id));
}

/** Every label and outcome of predictions, and refused events of their ids that do not say themselves whom they are about. */
async function* belonging(
  ctx: Ctx,
  model: string,
  ids: readonly string[],
  { rejects }: Subject,
): AsyncGenerator<object> {
  if (ids.length === 0) return;
  for (const { time_ms, label_number, label, human, ...row } of await readEveryLabel(ctx, model, ids))
    yield {
      ...{ type: 'label', model, ...row, label: label_number ?? label },
      ...{ human: Number(human) === 1, time: rfc3339(Number(time_ms)) },
    };
  const outcomes = await ctx.lake.query<{ id: string; metric: string; value: number; time: number }>(
    `SELECT id, metric, value, toUnixTimestamp64Milli(time) AS time FROM tiltmeter.outcomes
     WHERE model = {model:String} AND id IN ({ids:Array(String)}) ORDER BY time, event_id`,
    { model, ids },
  );
  for (const { time, ...row } of outcomes)
    yield { type: 'outcome', model, ...row, time: rfc3339(Number(time)) };
  const sql = `${OF_IDS} AND NOT ifNull(${rejects.sql}, false)`;
  yield* rejected(ctx, model, { sql, params: { ...rejects.params, found: ids } });
}

/** Refused events, of which no more than a page is held. */
async function* rejected(ctx: Ctx, model: string, { sql, params }: Fragment): AsyncGenerator<object> {
  for (let after = ''; ; ) {
    const rows = await ctx.lake.query<{ id: string; received: number }>(
      `SELECT id, toUnixTimestamp64Milli(received_at) AS received, kind, code, message, raw FROM tiltmeter.rejects FINAL
       WHERE ${sql} AND id > {after:String} ORDER BY id LIMIT ${PAGE}`,
      { ...params, model, after },
    );
    for (const { received, ...row } of rows)
      yield { type: 'reject', model, ...row, received_at: rfc3339(Number(received)) };
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.id;
  }
}
