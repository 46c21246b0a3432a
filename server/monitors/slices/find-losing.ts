import type { LosingSlice, ModelSlices } from '../../../contract/slices.ts';
import { rfc3339 } from '../../../contract/time.ts';
import type { Slice } from '../../../stats/slices/find-slices.ts';
import type { Ctx } from '../../context.ts';
import { type ProfiledColumn, profiledColumns } from '../../models/columns/profiled-columns.ts';
import { type LabelledSample, type Loss, labelledSample } from '../../profiles/labels/labelled-sample.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';

/** Columns that conditions may name: every pair of them is looked at. */
const COLUMNS = 20;

/** How slices of a sample are searched: here, or in a process of its own. */
export type Search = (sample: LabelledSample) => Promise<readonly Slice[]>;

/**
 * The slices of a range that lose most: conditions on one or two of the model's most important columns under which its answers are wrong
 * more often, or further off. From the newest 20,000 labelled predictions; half of them are searched, the other half says what is one.
 */
export async function findLosing(
  ctx: Ctx,
  model: ModelRow,
  range: { readonly from: number; readonly to: number },
  search: Search,
): Promise<ModelSlices> {
  const all = await profiledColumns(ctx, model.id);
  const weights = JSON.parse(model.importance ?? '{}') as Record<string, number>;
  const columns = all
    .filter(({ name, watched }) => !name.startsWith('_') && watched === 'values')
    .toSorted((a, b) => (weights[b.name] ?? 0) - (weights[a.name] ?? 0))
    .slice(0, COLUMNS);
  const answer: ProfiledColumn['type'] | undefined = all.find(({ name }) => name === '_prediction')?.type;
  const loss: Loss = model.task === 'regression' ? 'absolute_error' : 'errors';
  const sample =
    columns.length === 0 ? null : await labelledSample(ctx, model, columns, { ...range, loss, answer });
  await ctx.turn();
  const found = sample === null ? [] : await search(sample);
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
