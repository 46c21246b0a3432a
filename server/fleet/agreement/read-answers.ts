import type { Ctx } from '../../context.ts';
import { LABELS } from '../../events/labels-table.ts';

/** What each reviewer said of one prediction: [name, label]. */
export type Answers = readonly (readonly [reviewer: string, label: string])[];

/** Labels that agreement is told of; of more, those of an even share of the predictions. */
const READ = 50_000;
const REVIEWERS = 100;

const GIVEN = `model = {model:String} AND human = 1
  AND time >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND time < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`;

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Who labelled in a range and how many predictions (about, beyond 65,536), those with most labels first; the empty name is of labels without a source. */
export async function readReviewers(ctx: Pick<Ctx, 'lake'>, model: string, span: Span) {
  const rows = await ctx.lake.query<{ name: string; n: number; rows: number }>(
    `SELECT source AS name, toFloat64(uniq(id)) AS n, toFloat64(count()) AS rows FROM ${LABELS} WHERE ${GIVEN}
GROUP BY source ORDER BY source = '' DESC, n DESC, name LIMIT ${REVIEWERS + 1}`,
    { model, ...span },
  );
  return rows.map(({ name, n, rows }) => ({ name, n: Number(n), rows: Number(rows) }));
}

/**
 * The last label of each reviewer, of predictions with at least two reviewers. Where the range has more than 50,000 labels, of one
 * prediction in so many, chosen by the hash of their ids: the same at every call.
 */
export async function readAnswers(
  ctx: Pick<Ctx, 'lake'>,
  model: string,
  span: Span,
  labels: number,
): Promise<{ answers: Answers[]; share: number }> {
  const every = Math.max(1, Math.ceil(labels / READ));
  const rows = await ctx.lake.query<{ names: string[]; labels: string[] }>(
    `SELECT groupArray(source) AS names, groupArray(given) AS labels
FROM (
  SELECT id, source, argMax(label, (time, received_at)) AS given FROM ${LABELS}
  WHERE ${GIVEN} AND source != '' AND cityHash64(id) % {every:UInt32} = 0 GROUP BY id, source ORDER BY id, source
) GROUP BY id HAVING count() > 1`,
    { model, ...span, every },
  );
  return {
    answers: rows.map(({ names, labels }) => names.map((name, at) => [name, labels[at]!] as const)),
    share: 1 / every,
  };
}
