import type { Model } from '../../contract/model.ts';
import { rfc3339 } from '../../contract/time.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { decisionTreesOf } from '../models/decisions.ts';
import { findModel } from '../models/find-model.ts';
import { impactOf } from '../models/impact.ts';
import { namedBy } from '../models/lineage.ts';
import { listColumns } from '../models/list-columns.ts';
import { payloadOf } from '../models/payload.ts';
import { positiveSentence } from '../models/positive-class.ts';
import { ownRules, serverRules } from '../models/privacy/rules.ts';
import { reviewOf } from '../models/review.ts';
import { positiveOf } from '../monitors/judge/state/model-state.ts';
import { qualityComparedWith } from '../monitors/quality/compared-with.ts';
import { columnHeads } from '../profiles/heads/read-heads.ts';
import { referenceById } from '../profiles/references/find-reference.ts';
import type { JudgedAsRow } from '../store/ledger/schema.ts';
import { readFleet } from './read-fleet.ts';
import { summarise } from './summary.ts';

/** A model with its settings and columns. Errors: not_found. */
export async function getModel(ctx: Ctx, id: string): Promise<Model> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, id);
  const [readings, columns, reference, quality, heads] = await Promise.all([
    readFleet(ctx, [model]),
    listColumns(ctx, id),
    referenceById(ctx, model.reference_id),
    qualityComparedWith(ctx, id),
    columnHeads(ctx, id),
  ]);
  const positive = await positiveOf(ctx, model, heads);
  return {
    ...summarise(model, readings),
    bucket_ms: model.bucket_ms,
    window_ms: model.window_ms,
    label_delay_ms: model.label_delay_ms,
    ranking_k: model.ranking_k,
    positive_label: model.positive_label,
    label_type: model.label_type,
    positive_class: positive && { ...positive, sentence: positiveSentence(positive, model.positive_label) },
    impact: impactOf(model),
    retention_days: model.retention_days,
    runbook: model.runbook,
    decisions: decisionTreesOf(model),
    segments: JSON.parse(model.segments ?? '[]') as Model['segments'],
    protected: JSON.parse(model.protected ?? '[]') as string[],
    ...namedBy(model),
    review: reviewOf(model),
    payload: payloadOf(model),
    reference: reference && {
      ...{ id: reference.id, name: reference.name, kind: reference.kind },
      ...judgedBy(readings.judgedAs.get(id), reference.id),
    },
    quality_reference: quality,
    importance_source: model.importance_source,
    privacy: ownRules(model),
    server_privacy: await serverRules(ctx),
    columns: columns.items,
  };
}

/** Since when the history is judged by a reference, and by which before. */
function judgedBy(judged: JudgedAsRow | undefined, id: string) {
  const own = judged?.reference != null && (JSON.parse(judged.reference) as { id: string }).id === id;
  const from = own ? judged.reference_from : null;
  return { judged_from: from === null ? null : rfc3339(from), before: own ? judged.reference_before : null };
}
