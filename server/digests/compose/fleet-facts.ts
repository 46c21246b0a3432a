import type { DigestOnly } from '../../../contract/digest.ts';
import type { ModelSummary } from '../../../contract/model.ts';
import { type BoundedValue, withinThreshold } from '../../alerts/bounded-values.ts';
import { countUnjudged, type Unjudged } from '../../alerts/count-unjudged.ts';
import type { Ctx } from '../../context.ts';
import { readFleet } from '../../fleet/read-fleet.ts';
import { summarise } from '../../fleet/summary.ts';
import { modelPage } from '../../models/find-model.ts';
import { DRIFT_METRICS } from '../../monitors/measures/column-drift.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import { isSmallMove } from './moves.ts';

/** Models that are read at a time: what a digest keeps of each is little. */
const PAGE = 200;
/** Values that are looked at of a page; those beyond are the smallest. */
const VALUES = 10_000;
/** Columns of a model that are kept. */
const COLUMNS = 5;

/** What a digest keeps of a model, however many there are. */
export interface ModelFacts {
  readonly id: string;
  readonly name: string;
  readonly owner: string | null;
  readonly quality: ModelSummary['quality'];
  /** Wall clock of the newest prediction that came; null: none ever did, or it is not known. */
  readonly lastReceived: number | null;
  readonly predictions: number;
  readonly bucketMs: number;
  /** Nothing of it is judged. */
  readonly unjudged: boolean;
  /** Why parts of it are not. */
  readonly reasons: readonly Omit<Unjudged, 'model'>[];
  /** The columns that moved most, and how many did. */
  readonly moved: readonly BoundedValue[];
  readonly movedCount: number;
}

/** What decides which models a digest is about, and which of their columns; an empty list leaves nothing out. */
type About = Pick<DigestOnly, 'models' | 'owners' | 'layers'>;

/** Every model that a digest is about, in order of their ids; each stage's own reader for a page of them at a time, and none reads history. */
export async function fleetFacts(ctx: Ctx, only: About): Promise<ModelFacts[]> {
  const facts: ModelFacts[] = [];
  let cursor: string | undefined;
  do {
    const { items, next_cursor } = await modelPage(ctx, { limit: PAGE, cursor });
    facts.push(
      ...(await factsOf(
        ctx,
        items.filter((model) => isAbout(only, model)),
        only.layers,
      )),
    );
    cursor = next_cursor ?? undefined;
    await ctx.turn();
  } while (cursor !== undefined);
  return facts;
}

/** Whether a digest is about a model. Pure. */
function isAbout({ models, owners }: About, { id, owner }: ModelRow): boolean {
  return (
    (models.length === 0 || models.includes(id)) &&
    (owners.length === 0 || (owner !== null && owners.includes(owner)))
  );
}

async function factsOf(
  ctx: Ctx,
  models: readonly ModelRow[],
  layers: About['layers'],
): Promise<ModelFacts[]> {
  if (models.length === 0) return [];
  const ids = models.map(({ id }) => id);
  const readings = await readFleet(ctx, models);
  const [values, unjudged] = [await smallMoves(ctx, ids, layers), await countUnjudged(ctx, ids)];
  const moved = Map.groupBy(values, ({ model }) => model);
  const reasons = Map.groupBy(unjudged, ({ model }) => model);
  return models.map((model) => {
    const summary = summarise(model, readings);
    const { id, name, owner, quality, predictions } = summary;
    const own = moved.get(id) ?? [];
    return {
      ...{ id, name, owner, quality, predictions, bucketMs: model.bucket_ms },
      lastReceived: readings.heads.get(id)?.last_received ?? null,
      unjudged: Object.values(summary.layers).every(
        (state) => state === 'no_data' || state === 'not_enough_data',
      ),
      reasons: (reasons.get(id) ?? []).map(({ reason, series }) => ({ reason, series })),
      moved: own.slice(0, COLUMNS),
      movedCount: own.length,
    };
  });
}

/** Columns that are *moved, small*, those that moved most first; one that two monitors look at counts once. */
async function smallMoves(
  ctx: Ctx,
  ids: readonly string[],
  layers: readonly string[],
): Promise<BoundedValue[]> {
  const seen = new Set<string>();
  const found: BoundedValue[] = [];
  for (const { id: metric } of DRIFT_METRICS)
    for (const value of await withinThreshold(ctx, ids, metric, VALUES)) {
      const { model, column, kind, layer } = value;
      const key = JSON.stringify([model, column === '' ? kind : column, column === '']);
      if (layers.length > 0 && !layers.includes(layer)) continue;
      if (seen.has(key) || !isSmallMove(value)) continue;
      seen.add(key);
      found.push(value);
    }
  return found;
}
