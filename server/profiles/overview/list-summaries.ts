import type { ColumnSummaries } from '../../../contract/column-summary.ts';
import type { Column } from '../../../contract/model.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { gridOfProfile, readGrids } from '../../models/columns/grids.ts';
import { FIXED_NUMERIC } from '../../models/columns/profiled-columns.ts';
import { findModel } from '../../models/find-model.ts';
import { listColumns } from '../../models/list-columns.ts';
import { keptAnswer } from '../../store/lake/kept-answers.ts';
import { rangeOf, type TimeRange } from '../distribution/range.ts';
import type { ColumnHead, ProfileHead } from '../heads/profile-head.ts';
import { columnHeads, profileHead } from '../heads/read-heads.ts';
import { EMPTY_PROFILE } from '../profile.ts';
import { lastValues } from '../read/last-values.ts';
import { originOf } from '../read/queries/profiles.ts';
import { readColumns } from '../read/read-profiles.ts';
import { roleOf, summarise } from './summarise.ts';

/** Profiles that are read for it at most: of a range that holds more only the newest part is told. */
const MOST_PROFILES = 200_000;

/** What people write, or are known by, is named only where somebody called it safe. */
const PRIVATE = new Set<string>(['text', 'identifier']);

/**
 * Every column of a model with what it held in a range (without one: the model's window up to its newest bucket), the
 * bucket that is filling included. Values are named of columns that are marked safe, and to those who may change the
 * model. Errors: not_allowed, not_found, invalid_request.
 */
export async function listSummaries(ctx: Ctx, modelId: string, query: TimeRange): Promise<ColumnSummaries> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, modelId);
  const [head, heads, grids, listed, asked] = await Promise.all([
    profileHead(ctx, model.id),
    columnHeads(ctx, model.id),
    readGrids(ctx, model.id),
    listColumns(ctx, model.id),
    rangeOf(ctx, model, query),
  ]);
  const range = within(asked, model.bucket_ms, head, heads);
  const trusted = ctx.actor.scopes.has('write');
  const columns = [...listed.items, ...made(heads, grids.has('_label'))].map((column) => ({
    ...column,
    named: column.safe || (trusted && !PRIVATE.has(column.type)),
    grid: gridOfProfile(grids, column.name),
  }));
  const read = {
    ...{ model: model.id, columns: columns.map(({ name }) => name) },
    ...{ from: range.from, to: range.to },
  };
  return {
    from: rfc3339(range.from),
    to: rfc3339(range.to),
    items: await keptAnswer(ctx.lake, originOf(read), ['summaries', columns], async () => {
      const [profiles, last] = await Promise.all([
        readColumns(ctx, read, { expected: range.expected }),
        lastValues(ctx, read),
      ]);
      return columns.map(({ named, grid, ...column }) => {
        const { name } = column;
        const profile = profiles.get(name) ?? EMPTY_PROFILE;
        const seen = last.get(name);
        return {
          ...column,
          role: roleOf(name),
          ...summarise({ profile, grid, numeric: isNumbers(column), named }),
          last_seen: seen === undefined ? null : rfc3339(seen),
        };
      });
    }),
    next_cursor: null,
  };
}

/** Whether its values are counted as numbers. */
const isNumbers = ({ type, stored_as }: Pick<Column, 'type' | 'stored_as'>) =>
  stored_as === 'number' && type !== 'categorical';

/** The range, or its newest part where all columns and versions of it are too much to read for a list. */
function within(
  { from, to }: { from: number; to: number },
  bucketMs: number,
  head: ProfileHead | undefined,
  heads: ReadonlyMap<string, ColumnHead>,
): { from: number; to: number; expected: number } {
  const perBucket = Math.max(1, heads.size) * Math.max(1, head?.versions.length ?? 1);
  const most = Math.max(1, Math.floor(MOST_PROFILES / perBucket));
  const begin = Math.max(from, to - most * bucketMs);
  const held = Math.max(begin, head?.first ?? begin);
  return { from: begin, to, expected: Math.max(0, ((to - held) / bucketMs) * perBucket) };
}

/** Columns that are no features and have come: score, latency, label. */
function made(heads: ReadonlyMap<string, ColumnHead>, numericLabel: boolean) {
  return [...FIXED_NUMERIC, '_label']
    .filter((name) => heads.has(name))
    .map((name) => {
      const numeric = name !== '_label' || numericLabel;
      return {
        name,
        type: numeric ? ('numeric' as const) : ('categorical' as const),
        stored_as: numeric ? ('number' as const) : ('text' as const),
        ...{ recognised: null, importance: null, safe: false, protection: null },
      };
    });
}
