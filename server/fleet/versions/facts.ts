import type { Ctx } from '../../context.ts';
import { gridOfProfile, readGrids } from '../../models/columns/grids.ts';
import {
  FIXED_NUMERIC,
  type ProfiledColumn,
  profiledColumns,
} from '../../models/columns/profiled-columns.ts';
import { impactOf } from '../../models/impact.ts';
import { positiveOf } from '../../monitors/judge/state/model-state.ts';
import type { ProfileHead } from '../../profiles/heads/profile-head.ts';
import { columnHeads } from '../../profiles/heads/read-heads.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { qualityMetrics } from '../quality/metrics.ts';
import type { ColumnOf } from './columns.ts';
import { SERVING_COLUMNS } from './serving.ts';

const ANSWERS: readonly string[] = ['_prediction', '_score', '_label'];

export type ComparedFacts = Awaited<ReturnType<typeof comparedFacts>>;

/**
 * What the profiles of a model are: which columns are features, which answers, and what its quality is made of. `names`: all
 * that is read of a version. Reads the ledger alone.
 */
export async function comparedFacts(ctx: Ctx, model: ModelRow, head: ProfileHead | undefined) {
  const { waiting = 0, classes = [] } = head ?? {};
  const [columns, grids, heads] = await Promise.all([
    profiledColumns(ctx, model.id),
    readGrids(ctx, model.id),
    columnHeads(ctx, model.id),
  ]);
  const positive = await positiveOf(ctx, model, heads);
  const metrics = qualityMetrics({
    ...{ id: model.id, task: model.task, positive: positive?.label ?? null },
    ...{ k: model.ranking_k, known: new Set(heads.keys()), grids, waiting, classes, impact: impactOf(model) },
  });
  const made = new Set<string>([...FIXED_NUMERIC, ...ANSWERS]);
  const features = columns.filter(({ name }) => !made.has(name));
  const watched = features.filter((column) => column.watched === 'values').map(named);
  const label: ColumnOf = {
    ...{ name: '_label', type: grids.has('_label') ? 'numeric' : 'categorical' },
    grid: grids.get('_label'),
  };
  const answers = [...columns.map(named), label].filter(
    ({ name }) => ANSWERS.includes(name) && heads.has(name),
  );
  const quality = 'reason' in metrics ? [] : metrics.flatMap(({ recipe }) => recipe.columns);
  const present = features.filter((column) => column.watched !== 'nothing').map(({ name }) => name);
  return {
    ...{ watched, answers, present, metrics, labels: waiting },
    latency: gridOfProfile(grids, '_latency_ms'),
    names: [...new Set([...present, ...answers.map(({ name }) => name), ...quality, ...SERVING_COLUMNS])],
  };
}

const named = ({ name, type, grid }: ProfiledColumn): ColumnOf => ({ name, type, grid: grid ?? undefined });
