import type { ResponseFigures } from '../../../contract/response.ts';
import { epochMs, rfc3339, type TimeInput } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { modelNames } from '../../models/find-model.ts';
import type { IncidentRow } from '../../store/ledger/schema.ts';
import { causeOf } from '../life/similar.ts';
import { readClocks } from './clocks.ts';
import { responseOf } from './response-of.ts';

const DAY = 86_400_000;
const USUAL_DAYS = 90;
/** Of more incidents the newest are told of. */
const MOST = 2_000;

export interface Range {
  readonly from?: TimeInput | undefined;
  readonly to?: TimeInput | undefined;
}

/**
 * How soon the incidents that opened in a range (the past 90 days when none is named) were noticed, acknowledged and resolved: all together, by
 * model and by cause (what people found, else the likeliest). What was withdrawn or merged counts as none.
 */
export async function responseFigures(ctx: Ctx, range: Range): Promise<ResponseFigures> {
  authorise(ctx.actor, 'read');
  const now = ctx.clock();
  const to = range.to === undefined ? now : epochMs(range.to);
  const from = range.from === undefined ? to - USUAL_DAYS * DAY : epochMs(range.from);
  const rows = await ctx.ledger
    .selectFrom('incidents')
    .selectAll()
    .where('opened_at', '>=', from)
    .where('opened_at', '<', to)
    .where('withdrawn', '=', 0)
    .where('merged_into', 'is', null)
    .where('model', '!=', '')
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute();
  const clocks = await readClocks(ctx);
  const responses = new Map(rows.map((row) => [row, responseOf(row, clocks, now)]));
  const means = (some: readonly IncidentRow[]) => meansOf(some, (row) => responses.get(row)!);
  const names = await modelNames(ctx, [...new Set(rows.map(({ model }) => model))]);
  const byModel = Map.groupBy(rows, ({ model }) => model);
  const byCause = Map.groupBy(rows, causeOf);
  return {
    from: rfc3339(from),
    to: rfc3339(to),
    all: means(rows),
    models: [...byModel]
      .map(([model, own]) => ({ model, name: names.get(model) ?? model, ...means(own) }))
      .sort((a, b) => b.incidents - a.incidents),
    causes: [...byCause]
      .map(([cause, own]) => ({ cause, ...means(own) }))
      .sort((a, b) => b.incidents - a.incidents),
  };
}

/** Means in milliseconds over those that tell it. Pure. */
export function meansOf(
  rows: readonly IncidentRow[],
  response: (row: IncidentRow) => ReturnType<typeof responseOf>,
): ResponseFigures['all'] {
  const acknowledged = rows.flatMap(({ acknowledged_at, opened_at }) =>
    acknowledged_at === null ? [] : [Math.max(0, acknowledged_at - opened_at)],
  );
  const resolved = rows.flatMap(({ resolved_at, opened_at }) =>
    resolved_at === null ? [] : [Math.max(0, resolved_at - opened_at)],
  );
  const clocked = rows
    .map(response)
    .filter(({ acknowledge_by, resolve_by }) => acknowledge_by !== null || resolve_by !== null);
  const kept = clocked.filter(({ breached }) => breached.length === 0).length;
  return {
    incidents: rows.length,
    kept: clocked.length === 0 ? null : kept / clocked.length,
    detect_ms: mean(rows.map(({ opened_at, started_at }) => Math.max(0, opened_at - started_at))),
    acknowledge_ms: mean(acknowledged),
    acknowledged: acknowledged.length,
    resolve_ms: mean(resolved),
    resolved: resolved.length,
  };
}

function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
}
