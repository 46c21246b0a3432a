import type { LosingSlice, ModelSlices } from '../../../contract/slices.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { findSlices, type Slice } from '../../../stats/slices/find-slices.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { rangeOf, type TimeRange } from '../../profiles/distribution/range.ts';
import { profileHead } from '../../profiles/heads/read-heads.ts';
import { type Loss, labelledSample } from '../../profiles/labels/labelled-sample.ts';
import { comparedFacts } from '../versions/facts.ts';

/** Columns that conditions may name: every pair of them is looked at. */
const COLUMNS = 20;

/**
 * The slices of a range that lose most: conditions on one or two of the model's most important columns under which its answers are wrong more often, or
 * further off. From the newest 20,000 labelled predictions; half of them are searched, the other half says what is one.
 * Errors: not_allowed, not_found, invalid_request.
 */
export async function getSlices(ctx: Ctx, modelId: string, query: TimeRange): Promise<ModelSlices> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, modelId);
  const [range, head] = await Promise.all([rangeOf(ctx, model, query), profileHead(ctx, model.id)]);
  const { watched, answers } = await comparedFacts(ctx, model, head);
  const weights = JSON.parse(model.importance ?? '{}') as Record<string, number>;
  const columns = watched
    .toSorted((a, b) => (weights[b.name] ?? 0) - (weights[a.name] ?? 0))
    .slice(0, COLUMNS);
  const answer = answers.find(({ name }) => name === '_prediction')?.type;
  const loss: Loss = model.task === 'regression' ? 'absolute_error' : 'errors';
  const sample =
    columns.length === 0 ? null : await labelledSample(ctx, model, columns, { ...range, loss, answer });
  // It is read by then: the search takes a moment of the processor.
  await ctx.turn();
  const found = sample === null ? [] : findSlices(sample.features, sample.loss);
  return {
    ...{ model: model.id, from: rfc3339(range.from), to: rfc3339(range.to) },
    ...{ n: sample?.loss.length ?? 0, columns: columns.length, loss },
    items: found.map((slice) => told(slice, loss)),
  };
}

/** `country = FR and device = mobile: 3.1 % of the labelled predictions, 22 % of what is lost; 30 % wrong, elsewhere 10 %` */
function told({ text, rows, share, loss, elsewhere, lost }: Slice, of: Loss): LosingSlice {
  const percent = (x: number) => `${Number((100 * x).toPrecision(2))} %`;
  const figure = (x: number) =>
    of === 'errors' ? `${percent(x)} wrong` : `off by ${Number(x.toPrecision(3))}`;
  const sentence = `${text}: ${percent(share)} of the labelled predictions, ${percent(lost)} of what is lost; ${figure(loss)}, elsewhere ${figure(elsewhere)}`;
  return { text, sentence, n: 2 * rows.length, share, loss, elsewhere, lost };
}
