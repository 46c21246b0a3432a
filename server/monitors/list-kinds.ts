import { z } from 'zod';
import type { MonitorKind } from '../../contract/monitor.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import type { Kind } from './kind.ts';
import { KINDS } from './kinds/index.ts';

/** Every kind of monitor, in the order in which they are told. Errors: not_allowed. */
export async function listKinds(ctx: Ctx): Promise<{ items: MonitorKind[]; next_cursor: null }> {
  authorise(ctx.actor, 'read');
  return { items: KINDS.map(shownKind), next_cursor: null };
}

function shownKind(kind: Kind): MonitorKind {
  const { window, minN, m, n, threshold: usual } = kind.defaults;
  return {
    id: kind.id,
    title: kind.title,
    layer: kind.layer,
    role: kind.role,
    harm: kind.harm,
    per_column: kind.perColumn,
    model_column: kind.modelColumns?.[0] ?? null,
    stands_for: kind.reads === 'quality' ? (kind.standsFor ?? null) : null,
    column_type: kind.columnType ?? null,
    cause: kind.cause ?? null,
    severity: kind.severity,
    metrics: kind.metrics.map(({ id, title, unit, definition, worse, threshold = usual }) => ({
      id,
      title,
      unit,
      definition,
      worse,
      threshold,
    })),
    threshold_means: kind.thresholdMeans,
    level_moves: kind.levelMoves ?? false,
    defaults: { window, min_n: minN, m, n },
    options: z.toJSONSchema(kind.options) as Record<string, unknown>,
    about: { ...kind.about, behind: [...kind.about.behind] },
  };
}
