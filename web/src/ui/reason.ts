/**
 * The one vocabulary for what has no value: "no data" where nothing came, "not enough data" where too little came to say
 * anything, "still open" where more is on its way. The named reason of the server follows where it says more.
 */
const WORDS: Record<string, string> = {
  ok: 'ok',
  no_data: 'no data',
  no_predictions: 'no data (no predictions)',
  no_labels: 'no data (no labels)',
  no_scores: 'no data (no scores)',
  no_value: 'no data (no value)',
  no_latencies: 'no data (no answer times)',
  no_answers_to_compare: 'no data (no answers)',
  no_reference: 'not enough data (no reference)',
  no_baseline: 'not enough data (no baseline)',
  not_enough_data: 'not enough data',
  not_enough_history: 'not enough data (too little history)',
  too_few_predictions: 'not enough data (too few predictions)',
  too_few_requests: 'not enough data (too few requests)',
  too_few_labels: 'not enough data (too few labels)',
  too_small_reference: 'not enough data (the reference is too small)',
  empty_reference: 'not enough data (the reference is empty)',
  reference_has_no_segments: 'not known (the reference has no segments)',
  single_class: 'not enough data (labels of one class alone)',
  labels_not_mature: 'still open (labels to come)',
  replayed_history: 'not judged (a replay of history)',
  filling: 'still open (filling)',
  late: 'still open (labels to come)',
};

/** A status of a value in words. `reasonWords('too_few_labels')` → `not enough data (too few labels)` */
export function reasonWords(status: string): string {
  return WORDS[status] ?? status.replaceAll('_', ' ');
}
