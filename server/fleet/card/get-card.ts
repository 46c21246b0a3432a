import { rfc3339 } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { listChanges } from '../../events/list-changes.ts';
import { listIncidents } from '../../incidents/list-incidents.ts';
import { findModel } from '../../models/find-model.ts';
import { listMonitors } from '../../monitors/configure/list-monitors.ts';
import { SHIFTS } from '../../monitors/kinds/index.ts';
import { rangeOf, type TimeRange } from '../../profiles/distribution/range.ts';
import { listReferences } from '../../profiles/references/list-references.ts';
import { readSignals } from '../../signals/read-signals.ts';
import { getFairness } from '../fairness/get-fairness.ts';
import { getModel } from '../get-model.ts';
import { getQuality } from '../quality/get-quality.ts';
import { listVersions } from '../versions/list-versions.ts';
import { card } from './card.ts';
import { worstSteps } from './drift-steps.ts';
import { html } from './html.ts';
import { markdown } from './markdown.ts';
import { toldTo } from './told-to.ts';

/** Lines of a table that may go on for long. */
const MOST = 200;
/** Steps of the range in which drift is told. */
const STEPS = 12;
/** Columns of which drift is read. */
const MOST_SERIES = 2_000;
/** What is told when nobody says of which time: the last quarter. */
const USUAL_MS = 92 * 86_400_000;

export interface CardQuery extends TimeRange {
  readonly format: 'markdown' | 'html';
}

/** The card of a model as a text: of a range, the 92 days before its newest event when absent. Errors: not_found, not_allowed, invalid_request. */
export async function getCard(ctx: Ctx, modelId: string, { format, ...wanted }: CardQuery): Promise<string> {
  authorise(ctx.actor, 'read');
  const row = await findModel(ctx, modelId);
  const usual = { ...row, window_ms: Math.max(row.window_ms, USUAL_MS) };
  const { from, to } = await rangeOf(ctx, usual, wanted);
  const range = { from, to };
  const page = { model: row.id, limit: MOST };
  const [model, quality, fairness, versions] = [
    await getModel(ctx, row.id),
    await getQuality(ctx, row.id, range),
    await getFairness(ctx, row.id, range),
    await listVersions(ctx, row.id, range),
  ];
  const drifted = await readSignals(
    ctx,
    { model: row.id, kind: [...SHIFTS], ...range },
    { points: STEPS, known: 'now', limit: MOST_SERIES },
  );
  const { items, total } = await listIncidents(ctx, { ...page, ...range });
  const document = card({
    madeAt: rfc3339(ctx.clock()),
    from: rfc3339(from),
    to: rfc3339(to),
    address: `${ctx.settings.address.replace(/\/$/, '')}/models/${encodeURIComponent(row.id)}`,
    ...{ model, quality, fairness, versions },
    references: (await listReferences(ctx, row.id, { limit: MOST })).items,
    monitors: (await listMonitors(ctx, page)).items,
    drift: worstSteps(drifted, row.bucket_ms),
    incidents: { total, items: items.map((incident) => toldTo(ctx.actor, incident)) },
    changes: (await listChanges(ctx, { ...page, ...range })).items,
  });
  return format === 'html' ? html(document, `Model card: ${model.name}`) : markdown(document);
}
