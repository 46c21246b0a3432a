import type { ReviewerAgreement } from '../../../contract/agreement.ts';
import { TiltmeterError } from '../../../contract/errors.ts';
import { epochMs, rfc3339 } from '../../../contract/time.ts';
import { krippendorffAlpha } from '../../../stats/agreement/krippendorff-alpha.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel } from '../../models/find-model.ts';
import type { TimeRange } from '../../profiles/distribution/range.ts';
import { measured } from '../quality/measured.ts';
import { pairsOf } from './pairs.ts';
import { readAnswers, readReviewers } from './read-answers.ts';

/** Without a beginning: this long before the end. */
const RANGE_MS = 90 * 86_400_000;
/** Tasks whose labels are no names of classes. */
const NO_CLASSES: readonly (string | null)[] = ['regression', 'ranking'];

/**
 * Whether the people who label a model's predictions agree: Krippendorff's alpha over all, Cohen's kappa of each two, of labels with
 * `human` whose time lies in the range (the last 90 days when absent); the reviewer is their `source`. Two statements of bounded size.
 * Errors: not_allowed, not_found, invalid_request.
 */
export async function getAgreement(ctx: Ctx, modelId: string, range: TimeRange): Promise<ReviewerAgreement> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, modelId);
  const to = range.to === undefined ? ctx.clock() : epochMs(range.to);
  const from = range.from === undefined ? Math.max(0, to - RANGE_MS) : epochMs(range.from);
  if (from >= to) throw new TiltmeterError('invalid_request', 'to must be after from');
  const span = { from, to };
  const found = await readReviewers(ctx, model.id, span);
  const named = found.filter(({ name }) => name !== '');
  const told = (unknown: string | null, sentence: string) => ({
    ...{ model: model.id, from: rfc3339(from), to: rfc3339(to), unknown, sentence },
    reviewers: named.map(({ name, n }) => ({ name, n })),
    unnamed: found.find(({ name }) => name === '')?.n ?? 0,
  });
  const nothing = { share_read: 1, alpha: measured({ reason: 'not_enough_data', n: 0 }), pairs: [] };
  if (NO_CLASSES.includes(model.task)) return { ...told('labels_not_classes', NOT_CLASSES), ...nothing };
  if (named.length < 2) return { ...told('one_reviewer', ONE), ...nothing };
  const labels = named.reduce((sum, { rows }) => sum + rows, 0);
  const { answers, share } = await readAnswers(ctx, model.id, span, labels);
  const alpha = krippendorffAlpha(answers.map((each) => each.map(([, label]) => label)));
  const shown = measured({ ...alpha, n: answers.length });
  const { value, low, high, n } = shown;
  const sentence =
    value === null || low === null || high === null
      ? `${n} predictions have labels of two or more reviewers: how far they agree cannot be told (${shown.status}).`
      : `${named.length} reviewers agree with an alpha of ${value.toFixed(2)} (95 %: ${low.toFixed(2)} to ${high.toFixed(2)}) on the ${n} predictions that two or more of them labelled; 1 is always, 0 as by chance.`;
  return { ...told(null, sentence), share_read: share, alpha: shown, pairs: pairsOf(answers) };
}

const NOT_CLASSES = 'The labels of this model are no classes: agreement is told of classes only.';
const ONE =
  'No two reviewers gave labels in this range. A reviewer is the source of a label that has human: true.';
