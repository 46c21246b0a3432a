import { counted } from '../../../contract/counted.ts';
import type { Explanation } from '../../../contract/explanation.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { isAttribution } from '../../models/columns/attributions.ts';
import { readGrids } from '../../models/columns/grids.ts';
import { findModel, modelColumns } from '../../models/find-model.ts';
import { readSurrogate } from '../../monitors/importance/read-surrogate.ts';
import { ENOUGH_ROWS } from '../../monitors/importance/surrogate.ts';
import { rangeOf, type TimeRange } from '../../profiles/distribution/range.ts';
import { stepOf } from '../../profiles/distribution/steps.ts';
import { readAttributionSums } from '../../profiles/read/attribution-sums.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { newestPart } from '../versions/read-sides.ts';
import { rowsOf, weigh } from './weigh.ts';

/** Steps of the range. */
const STEPS = 40;

/**
 * What a model goes by over a range: attributions that came with its predictions, beside those of as long a time before; else
 * the surrogate that was fitted last. Read from profiles in two statements of bounded size. Errors: not_allowed, not_found, invalid_request.
 */
export async function getExplanation(ctx: Ctx, modelId: string, query: TimeRange): Promise<Explanation> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, modelId);
  const [asked, all] = await Promise.all([rangeOf(ctx, model, query), readGrids(ctx, model.id)]);
  const grids = new Map([...all].filter(([name]) => isAttribution(name)));
  const range = newestPart(asked, model.bucket_ms, grids.size);
  const length = range.to - range.from;
  const step = stepOf(length, model.bucket_ms, length / STEPS);
  const sent = (from: number, to: number) =>
    readAttributionSums(ctx, { model: model.id, grids, from, to, step });
  const [sums, before] = await Promise.all([
    sent(range.from, range.to),
    sent(Math.max(0, range.from - length), range.from),
  ]);
  const { cut } = range;
  const shared = { model: model.id, from: rfc3339(range.from), to: rfc3339(range.to), cut, step_ms: step };
  if (sums.length === 0) return { ...shared, ...(await ofSurrogate(ctx, model)) };
  const first = Math.floor(range.from / step) * step;
  const starts = Array.from({ length: Math.ceil((range.to - first) / step) }, (_, i) => first + i * step);
  const rows = rowsOf(sums);
  return {
    ...{ ...shared, ...weigh(sums, before, starts), rows, source: 'sent', fidelity: null, fitted_at: null },
    sentence: `From the attributions that came with ${counted(rows, 'prediction')} of this range.`,
  };
}

type Source = Omit<Explanation, 'model' | 'from' | 'to' | 'cut' | 'step_ms'>;

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
