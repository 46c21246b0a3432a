import type { LabelSelection } from '../../../contract/label-selection.ts';
import { rfc3339 } from '../../../contract/time.ts';
import type { Feature } from '../../../stats/trees/feature.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import { categoricalProfile, numericProfile } from '../../profiles/compute.ts';
import { rangeOf, type TimeRange } from '../../profiles/distribution/range.ts';
import { profileHead } from '../../profiles/heads/read-heads.ts';
import { labelledSample, ROWS } from '../../profiles/labels/labelled-sample.ts';
import type { Profile } from '../../profiles/profile.ts';
import { readCounts } from '../../profiles/read/read-counts.ts';
import { readColumns } from '../../profiles/read/read-profiles.ts';
import { type ColumnOf, compareColumns, worstColumns } from '../versions/columns.ts';
import { comparedFacts } from '../versions/facts.ts';

/** Columns that are compared: the most important ones. */
const COLUMNS = 20;
/** With fewer labels nothing is said. */
const LABELS = 200;

type Span = { readonly from: number; readonly to: number };

/**
 * Whether the labelled predictions of a range are like all of it: the newest 20,000 of them whose labels have had their time, beside all
 * predictions of the same time. Two statements of bounded size. Errors: not_allowed, not_found, invalid_request.
 */
export async function getLabelSelection(
  ctx: Ctx,
  modelId: string,
  query: TimeRange,
): Promise<LabelSelection> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, modelId);
  const [range, head] = await Promise.all([rangeOf(ctx, model, query), profileHead(ctx, model.id)]);
  const { watched, answers } = await comparedFacts(ctx, model, head);
  const weights = JSON.parse(model.importance ?? '{}') as Record<string, number>;
  const columns = watched
    .toSorted((a, b) => (weights[b.name] ?? 0) - (weights[a.name] ?? 0))
    .slice(0, COLUMNS);
  const mature = {
    from: range.from,
    to: Math.min(range.to, (head?.newest_event ?? range.from) - model.label_delay_ms + 1),
  };
  const told = (
    span: Span,
    labelled: number,
    predictions: number,
    unknown: string | null,
    sentence: string,
  ) => ({
    ...{ model: model.id, from: rfc3339(span.from), to: rfc3339(Math.max(span.from, span.to)) },
    ...{ labelled, predictions, unknown, sentence, columns: [] },
  });
  if (columns.length === 0) return told(range, 0, 0, 'no_columns', 'There is no column to compare.');
  if (mature.to <= mature.from)
    return told(range, 0, 0, 'labels_not_mature', 'Labels of this range are still awaited.');
  const span = await newestLabelled(ctx, model.id, mature);
  const answer = answers.find(({ name }) => name === '_prediction')?.type;
  const [sample, all] = await Promise.all([
    labelledSample(ctx, model, columns, { ...span, loss: 'errors', answer }),
    readColumns(ctx, { model: model.id, columns: ['_all', ...columns.map(({ name }) => name)], ...span }),
  ]);
  const labelled = sample.loss.length;
  const predictions = all.get('_all')?.n ?? 0;
  if (labelled < LABELS)
    return told(span, labelled, predictions, 'too_few_labels', `Fewer than ${LABELS} labels have come.`);
  const profiles = new Map(columns.map((column, i) => [column.name, profileOf(column, sample.features[i]!)]));
  const compared = compareColumns(columns, all, profiles);
  const apart = compared.filter(({ verdict }) => verdict === 'differs').map(({ name }) => name);
  const sentence =
    apart.length === 0
      ? 'The labelled predictions are like the rest: what labels show holds for all.'
      : `The labelled predictions are unlike the rest in ${apart.join(', ')}: quality is told of them alone.`;
  return {
    ...told(span, labelled, predictions, null, sentence),
    columns: worstColumns(compared).map(({ name, score, how, verdict }) => ({
      ...{ column: name, threshold: score.threshold, how, verdict },
      distance: { value: score.value, low: score.low, high: score.high, n: labelled, status: score.status },
    })),
  };
}

/** The newest part of a range that holds as many labels as are looked at, so that both sides are of the same time. */
async function newestLabelled(ctx: Ctx, model: string, { from, to }: Span): Promise<Span> {
  const counts = await readCounts(ctx, { model, columns: ['_label'], from, to });
  let left = ROWS;
  for (const { time, values } of counts.toSorted((a, b) => b.time - a.time)) {
    left -= values;
    if (left <= 0) return { from: time, to };
  }
  return { from, to };
}

function profileOf({ grid }: ColumnOf, feature: Feature): Profile {
  if (feature.kind === 'categorical') return categoricalProfile(Array.from(feature.values));
  const numbers = Array.from(feature.values, (value) => (Number.isNaN(value) ? null : value));
  return numericProfile(numbers, grid ?? null);
}
