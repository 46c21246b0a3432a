import type { AlertReason } from '../../alerts/read-states.ts';
import type { LabelledModel } from '../kind.ts';
import { REALISED } from '../kinds/index.ts';

/** Kinds whose state says how the quality of a model is known. */
export const QUALITY_KINDS: readonly string[] = REALISED.map(({ id }) => id);

const SENTENCES: Readonly<Record<string, string>> = {
  no_labels: 'No labels yet.',
  no_predictions: 'No predictions in the newest bucket.',
  not_judged_yet: 'Labels have come; the first bucket is judged when it is complete.',
  task_not_settled:
    'Labels have come, and what kind of model it is is not settled yet. More predictions settle it, or set its task.',
  no_answers_to_compare:
    'Labels have come, but predictions carry neither a prediction nor a score to compare them with: map the field that holds the answer.',
  labels_match_no_prediction: 'Labels have come, but there is no prediction of their ids.',
  no_scores: 'Labels have come, but predictions carry no score.',
  single_class: 'All labels so far are of one class.',
  more_than_two_classes: 'Labels are of more than two classes, for which this metric is not defined.',
  too_many_classes:
    'Labels are of more than 32 classes: numbers that count each class alike are not told of so many.',
  not_counted_yet: 'It is counted of the predictions and labels that come from now on.',
  scores_not_probabilities:
    'Scores lie outside of 0 to 1: they are no probabilities, which this metric takes them for.',
  positive_class_unknown:
    'Scores and labels do not tell which class the score is the probability of: set the positive label in the settings of the model.',
  labels_not_mature: 'Labels of the newest buckets are still awaited.',
  estimate_needs_rows:
    'Labels are numbers: profiles do not hold which input led to which error. The page Quality estimates it from rows, and so does tiltmeter check; a monitor estimated_performance with the metric mae goes by the size of the answers.',
  estimate_of_two_classes: 'Without labels this is estimated of two classes alone.',
  estimate_of_numbers: 'Without labels this is estimated of numbers alone.',
  estimate_of_several_classes: 'Without labels this is estimated of several classes alone.',
  no_estimate_of_rankings: 'Nothing is estimated of rankings without labels.',
  no_ranked_lists: 'Labels have come, but predictions are no lists of items: send them as prediction.',
  counted_anew: 'What labels say is counted anew with the k that was set: this takes a moment.',
  no_relevant_item:
    'No list of the range has an item that was relevant: nothing in them could be ranked well.',
  no_probabilities:
    'Labels have come, but no probabilities of classes did that add up to 1 and lie between 0 and 1.',
  more_than_ten_classes:
    'Labels are of more than ten classes: ROC AUC of each against the rest is not told of so many.',
  no_scores_to_estimate_from: 'Without labels the quality is estimated from scores, and there are none.',
  nothing_learned:
    'Nothing is estimated without labels yet: that is learned from 500 labelled predictions with their scores, of the reference where it has scores, else of the first weeks in which labels came.',
  answers_not_by_score:
    'Answers do not follow a threshold on the score, so that the score says nothing of them; ROC AUC can be estimated.',
  scores_upside_down:
    'Scores rank upside down: nothing is estimated without labels until the positive label in the settings of the model is the class whose probability the score is.',
  too_few_labels: 'Too few labels to tell.',
};

/** Why the quality of a model is not known, by name and in a sentence. */
export interface QualityUnknown {
  readonly reason: string;
  readonly sentence: string;
}

/**
 * Why a model without a value of quality has none. `labels`: those that have come, found their predictions or not. A list whose label says
 * that nothing was relevant has one, and yet nothing to be judged by.
 */
export function qualityUnknown(
  states: readonly (AlertReason | Pick<AlertReason, 'reason'>)[],
  labels: number,
  task?: LabelledModel['task'],
): QualityUnknown {
  const told = states.find(({ reason }) => SENTENCES[reason] !== undefined)?.reason;
  const reason = told ?? (labels > 0 ? 'not_judged_yet' : 'no_labels');
  if (reason !== 'no_labels' || labels === 0) return { reason, sentence: SENTENCES[reason]! };
  return task === 'ranking'
    ? { reason: 'no_relevant_item', sentence: SENTENCES.no_relevant_item! }
    : { reason, sentence: 'The newest predictions have no labels; earlier ones have theirs.' };
}

/**
 * What is remarkable about an area under the ROC curve that lies below a half for certain; null when nothing is. `positive`:
 * the class whose probability the score is taken for.
 */
export function upsideDown(
  {
    metric,
    value,
    high,
  }: { readonly metric: string; readonly value: number | null; readonly high: number | null },
  positive: string | null,
): string | null {
  if (metric !== 'roc_auc' || value === null || high === null || high >= 0.5) return null;
  const of = positive === null ? 'that class' : positive;
  return `The scores rank upside down (ROC AUC ${value.toPrecision(3)}, where 0.5 is chance): is the score the probability of ${of}? If it is of the other class, set the positive label in the settings of the model.`;
}
