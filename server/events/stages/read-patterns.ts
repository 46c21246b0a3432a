import {
  STAGE_LEVELS,
  STAGES,
  type Stage,
  type StageLevel,
  type StagePattern,
  type StagePatternQuery,
  type StagePatterns,
} from '../../../contract/stage.ts';
import { epochMs, rfc3339 } from '../../../contract/time.ts';
import { type MaskedLine, mineTemplates, type Template } from '../../../stats/logs/templates.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { STEP, type StageRange, stageRange, WITHIN } from './range.ts';

/** Different lines that are grouped into templates, and templates that are told. */
const MOST_LINES = 5_000;
const MOST_TOLD = 200;
/** What came before the beginning of something is looked at for so long. */
const BEFORE_MS = 7 * 86_400_000;

interface Line extends MaskedLine {
  readonly example: string;
  readonly stages: readonly Stage[];
  readonly levels: readonly StageLevel[];
  readonly first: number;
  readonly last: number;
  readonly steps: readonly number[];
  readonly counts: readonly number[];
  readonly records: number;
  readonly different: number;
}

/**
 * What a model's pipeline says, by template. With `since` the range begins a week before it, and templates without a line from before are new.
 * Errors: not_allowed, not_found.
 */
export async function readPatterns(ctx: Ctx, id: string, query: StagePatternQuery): Promise<StagePatterns> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, id);
  const since = query.since === undefined ? undefined : epochMs(query.since);
  const range = stageRange(
    { ...query, from: query.from ?? (since === undefined ? undefined : Math.max(0, since - BEFORE_MS)) },
    ctx.clock(),
  );
  const lines = await ctx.lake.query<Line>(
    `SELECT *, sum(count) OVER () AS records, count() OVER () AS different FROM (
       SELECT pattern, count() AS count, any(message) AS example, groupUniqArray(stage) AS stages, groupUniqArray(level) AS levels,
         toUnixTimestamp64Milli(min(time)) AS first, toUnixTimestamp64Milli(max(time)) AS last,
         sumMap([toInt64(${STEP})], [toUInt64(1)]) AS m, m.1 AS steps, m.2 AS counts
       FROM tiltmeter.stages
       WHERE model = {model:String} AND ${WITHIN} AND message != '' ${query.stage === undefined ? '' : 'AND stage = {stage:String}'}
       GROUP BY pattern
     ) ORDER BY first >= {since:Int64} DESC, count DESC, pattern LIMIT ${MOST_LINES}`,
    {
      model: model.id,
      ...{ from: range.from, to: range.to, step: range.stepMs, since: since ?? Number.MAX_SAFE_INTEGER },
      ...(query.stage === undefined ? {} : { stage: query.stage }),
    },
  );
  const items = mineTemplates(lines.map((line) => ({ ...line, count: Number(line.count) }))).map((template) =>
    told(template, range, since),
  );
  return {
    from: rfc3339(range.from),
    to: rfc3339(range.to),
    since: since === undefined ? null : rfc3339(since),
    step_ms: range.stepMs,
    records: Number(lines[0]?.records ?? 0),
    complete: Number(lines[0]?.different ?? 0) <= MOST_LINES,
    items: items.sort((a, b) => Number(b.new) - Number(a.new) || b.count - a.count).slice(0, MOST_TOLD),
  };
}

function told(
  { template, lines }: Template<Line>,
  { from, to, stepMs }: StageRange,
  since: number | undefined,
): StagePattern {
  const counts = new Array<number>(Math.round((to - from) / stepMs)).fill(0);
  for (const line of lines)
    for (const [i, step] of line.steps.entries()) counts[Number(step)]! += Number(line.counts[i]);
  const first = Math.min(...lines.map((line) => Number(line.first)));
  const stages = new Set(lines.flatMap((line) => line.stages));
  const levels = new Set(lines.flatMap((line) => line.levels));
  return {
    template,
    stages: STAGES.filter((stage) => stages.has(stage)),
    level: STAGE_LEVELS.findLast((level) => levels.has(level)) ?? 'info',
    example: lines[0]!.example.slice(0, 1024),
    count: lines.reduce((sum, { count }) => sum + count, 0),
    first: rfc3339(first),
    last: rfc3339(Math.max(...lines.map((line) => Number(line.last)))),
    new: since === undefined ? null : first >= since,
    counts,
  };
}
