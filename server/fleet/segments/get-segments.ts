import type { ModelSegments } from '../../../contract/segments.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { qualityUnknown } from '../../monitors/quality/reasons.ts';
import { allKeys, OWN_SEGMENTS, splitId } from '../../profiles/segments/split.ts';
import { measured } from '../quality/measured.ts';
import { qualityOf } from '../quality/metrics.ts';
import type { ComparedFacts } from '../versions/facts.ts';
import { segmentFigures } from './figures.ts';
import { readSplits, type SegmentsQuery, written } from './read-split.ts';

/**
 * Every segment of a model over a range: how many predictions, how good beside all of them and beside what it was in the
 * reference, what of the loss is its, how far its answers moved. Read from profiles in two statements of bounded size.
 * Errors: not_allowed, not_found, invalid_request.
 */
export async function getSegments(ctx: Ctx, modelId: string, query: SegmentsQuery): Promise<ModelSegments> {
  authorise(ctx.actor, 'read');
  const read = await readSplits(ctx, modelId, query, {
    splits: () => true,
    columns: (facts) => [
      ...['_all', '_label'],
      ...(headline(facts)?.recipe.columns ?? []),
      ...(answerOf(facts) === null ? [] : [answerOf(facts)!.name]),
    ],
  });
  const { model, part, splits, facts, current, reference } = read;
  const metric = headline(facts);
  const reason = 'reason' in facts.metrics ? facts.metrics.reason : 'no_labels';
  const all = current.get('') ?? new Map();
  const reads = splits.flatMap((split) =>
    allKeys([split]).flatMap((key) => {
      const own = current.get(key);
      const before = reference?.profiles ? (reference.profiles.get(key) ?? new Map()) : null;
      return own === undefined ? [] : [{ key, split: splitId(split), current: own, before }];
    }),
  );
  return {
    ...{ model: model.id, ...written(part) },
    splits: splits.map((split) => ({
      id: splitId(split),
      columns: split.columns.map(({ name, of, cuts }) => ({ name, of, cuts: cuts && [...cuts] })),
      ...{ own: split.values.length, most: OWN_SEGMENTS },
    })),
    metric: metric && {
      ...{ id: metric.meta.id, title: metric.meta.title },
      ...{ unit: metric.meta.unit, worse: metric.meta.worse },
    },
    quality_unknown: 'reason' in facts.metrics ? qualityUnknown([facts.metrics], facts.labels) : null,
    all: measured(metric === null ? { reason, n: 0 } : qualityOf(metric.recipe, all)),
    predictions: all.get('_all')?.n ?? 0,
    reference: reference && {
      ...{ id: reference.id, name: reference.name },
      segmented: reference.profiles !== null,
    },
    items: segmentFigures(reads, { metric, reason, answer: answerOf(facts), all }).sort(
      (a, b) => order(a.split, b.split) || b.n - a.n,
    ),
  };
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The metric that says most of the model. */
function headline({ metrics }: ComparedFacts) {
  if ('reason' in metrics) return null;
  const place = ({ meta }: (typeof metrics)[number]) => meta.headline ?? Number.POSITIVE_INFINITY;
  return metrics.toSorted((a, b) => place(a) - place(b))[0] ?? null;
}

/** Its score says more than the class it stands for. */
function answerOf({ answers }: ComparedFacts) {
  return (
    answers.find(({ name }) => name === '_score') ??
    answers.find(({ name }) => name === '_prediction') ??
    null
  );
}
