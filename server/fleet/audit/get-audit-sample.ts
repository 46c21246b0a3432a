import type { AuditSample } from '../../../contract/audit-sample.ts';
import { TiltmeterError } from '../../../contract/errors.ts';
import { epochMs, rfc3339 } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { readLabels } from '../../events/predictions/read-labels.ts';
import { findModel } from '../../models/find-model.ts';
import type { TimeRange } from '../../profiles/distribution/range.ts';
import { auditedItems } from '../../review/items/audited-items.ts';
import { measured } from '../quality/measured.ts';
import { type AnsweredItem, estimateOf } from './estimate.ts';

/** Without a beginning: this long before the end. */
const RANGE_MS = 90 * 86_400_000;
/** Items that are read: the newest. */
const MOST = 5_000;
/** Characters of a class that an item keeps. */
const STRATUM = 256;
/** Ids that one statement is asked about. */
const AT_ONCE = 1_000;
/** Tasks whose answers are no names of classes. */
const NO_CLASSES: readonly (string | null)[] = ['regression', 'ranking'];

/**
 * How many of all predictions of a range were right, from the audit sample: what people answered, each weighed by how many predictions it stands for.
 * Of the last 90 days when absent. At most six statements of bounded size. Errors: not_allowed, not_found, invalid_request.
 */
export async function getAuditSample(ctx: Ctx, modelId: string, range: TimeRange): Promise<AuditSample> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, modelId);
  const to = range.to === undefined ? ctx.clock() : epochMs(range.to);
  const from = range.from === undefined ? Math.max(0, to - RANGE_MS) : epochMs(range.from);
  if (from >= to) throw new TiltmeterError('invalid_request', 'to must be after from');
  const told = { model: model.id, from: rfc3339(from), to: rfc3339(to) };
  if (NO_CLASSES.includes(model.task))
    return { ...told, ...NOTHING, unknown: 'labels_not_classes', sentence: NOT_CLASSES };
  const items = await auditedItems(ctx, model.id, { from, to }, MOST);
  if (items.length === 0) return { ...told, ...NOTHING, unknown: 'no_audit', sentence: NONE };
  const given = await humanLabels(
    ctx,
    model.id,
    items.map(({ prediction }) => prediction),
  );
  const answered = items.map((item): AnsweredItem => {
    const label = given.get(item.prediction);
    return {
      ...{ stratum: item.stratum, weight: item.weight!, skipped: item.state === 'skipped' },
      right: label === undefined ? null : label.slice(0, STRATUM) === item.stratum,
    };
  });
  return { ...told, unknown: null, ...estimateOf(answered) };
}

/** What a person said of these predictions. */
async function humanLabels(ctx: Ctx, model: string, ids: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    const labels = await readLabels(ctx, model, ids.slice(i, i + AT_ONCE));
    for (const [id, { label, human }] of labels) if (Number(human) === 1) found.set(id, label);
    await ctx.turn();
  }
  return found;
}

const NOTHING = {
  ...{ drawn: 0, answered: 0, skipped: 0, unweighted: null, strata: [] },
  accuracy: measured({ reason: 'not_enough_data', n: 0 }),
};
const NOT_CLASSES =
  'The answers of this model are no classes: of a random sample only classes are told right or wrong.';
const NONE = 'No random sample was drawn in this range: the reason "audit" of the queue draws one.';
