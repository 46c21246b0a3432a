import { counted } from '../../../contract/counted.ts';
import type { Explanation } from '../../../contract/explanation.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel, modelColumns } from '../../models/find-model.ts';
import { readSurrogate } from '../../monitors/importance/read-surrogate.ts';
import { readSentAttributions } from '../../monitors/importance/sent-attributions.ts';
import { ENOUGH_ROWS } from '../../monitors/importance/surrogate.ts';
import { rangeOf, type TimeRange } from '../../profiles/distribution/range.ts';
import { stepOf } from '../../profiles/distribution/steps.ts';
import { readCounts } from '../../profiles/read/read-counts.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { rowsOf, weigh } from './weigh.ts';

/** Steps of the range. */
const STEPS = 40;

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * What a model goes by over a range: attributions that came with its predictions, beside those of as long a time before; else
 * the surrogate that was fitted last. Reads a sample of bounded size. Errors: not_allowed, not_found, invalid_request.
 */
export async function getExplanation(ctx: Ctx, modelId: string, query: TimeRange): Promise<Explanation> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, modelId);
  const range = await rangeOf(ctx, model, query);
  const length = range.to - range.from;
  const step = stepOf(length, model.bucket_ms, length / STEPS);
  const [sums, before] = await Promise.all([
    sent(ctx, model, range, step),
    sent(ctx, model, { from: Math.max(0, range.from - length), to: range.from }, step),
  ]);
  const shared = { model: model.id, from: rfc3339(range.from), to: rfc3339(range.to), step_ms: step };
  if (sums.length === 0) return { ...shared, ...(await ofSurrogate(ctx, model)) };
  const first = Math.floor(range.from / step) * step;
  const starts = Array.from({ length: Math.ceil((range.to - first) / step) }, (_, i) => first + i * step);
  const rows = rowsOf(sums);
  return {
    ...{ ...shared, ...weigh(sums, before, starts), rows, source: 'sent', fidelity: null, fitted_at: null },
    sentence: `From the attributions that came with ${counted(rows, 'prediction')} of this range.`,
  };
}

async function sent(ctx: Ctx, model: ModelRow, range: Span, step: number) {
  const counts = await readCounts(ctx, { model: model.id, columns: ['_all'], ...range });
  const predictions = counts.reduce((sum, { n }) => sum + Number(n), 0);
  return predictions === 0 ? [] : readSentAttributions(ctx, model, { ...range, step, predictions });
}

type Source = Omit<Explanation, 'model' | 'from' | 'to' | 'step_ms'>;

async function ofSurrogate(ctx: Ctx, model: ModelRow): Promise<Source> {
  const nothing = {
    features: [],
    ranking: null,
    ranking_path: [],
    versions: [],
    fidelity: null,
    fitted_at: null,
  };
  const [found, columns] = await Promise.all([readSurrogate(ctx, model.id), modelColumns(ctx, model.id)]);
  if (found === null)
    return {
      ...{ ...nothing, source: null, rows: 0 },
      sentence: `No attributions came with the predictions of this range, and no surrogate is fitted yet: that takes ${ENOUGH_ROWS} predictions with features, whose answers depend on them.`,
    };
  const there = new Set(columns.map(({ name }) => name));
  const weights = found.weights.filter(({ name }) => there.has(name));
  const all = weights.reduce((sum, { size }) => sum + size, 0);
  const { fidelity, rows } = found;
  return {
    ...{ ...nothing, source: 'surrogate', rows, fidelity, fitted_at: rfc3339(found.fittedAt) },
    sentence: `No attributions were sent. Trees were fitted to ${counted(rows, 'logged prediction')}; what follows is what they go by, and ${fidelityInWords(fidelity)}.`,
    features: weights.map(({ name, size, signed }) => ({
      ...{ name, size, signed, share: all > 0 ? size / all : 0, n: rows },
      ...{ share_before: null, path: [] },
    })),
  };
}

const percent = (share: number) => `${Math.round(100 * share)} %`;

function fidelityInWords({ metric, value, plain, n }: NonNullable<Explanation['fidelity']>): string {
  return metric === 'accuracy'
    ? `they answer as the model does in ${percent(value)} of ${counted(n, 'row')} that they had not seen (always the commonest answer: ${percent(plain)})`
    : `they explain ${percent(Math.max(0, value))} of how its answers vary over ${counted(n, 'row')} that they had not seen`;
}
