import type { Ctx } from '../context.ts';
import { allModels } from '../models/find-model.ts';
import type { ModelRow } from '../store/ledger/schema.ts';
import type { CorrelationRules, RulesOf } from './correlate.ts';

const HOUR = 3_600_000;

export interface Models {
  readonly rows: ReadonlyMap<string, ModelRow>;
  readonly rules: RulesOf;
}

/** What incidents need of these models: their rules, and how they weigh their columns. */
export async function readModels(ctx: Pick<Ctx, 'ledger'>, ids: Iterable<string>): Promise<Models> {
  const rows = new Map((await allModels(ctx, [...new Set(ids)])).map((row) => [row.id, row]));
  return { rows, rules: (model) => rulesOf(rows.get(model) ?? { window_ms: 24 * HOUR, bucket_ms: HOUR }) };
}

/** In windows and buckets of the model. */
function rulesOf({ window_ms, bucket_ms }: Pick<ModelRow, 'window_ms' | 'bucket_ms'>): CorrelationRules {
  const window = Math.max(window_ms, bucket_ms);
  return { joinMs: 2 * window, quietMs: 3 * bucket_ms, reopenMs: 2 * window, bucketMs: bucket_ms };
}
