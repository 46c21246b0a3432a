import type { SetupProgress, SetupStep } from '../../../contract/setup.ts';
import { positiveSentence } from '../../models/positive-class.ts';
import { ENOUGH } from '../../profiles/references/automatic.ts';
import type { SetupFacts } from './facts.ts';
import { bucketWord, count, length, of, plural } from './words.ts';

type Step = (
  facts: SetupFacts,
) => Omit<SetupStep, 'gives' | 'progress'> & Partial<Pick<SetupStep, 'gives' | 'progress'>>;

/** Labels in a window of the model from which on its quality is told. */
const LABELS = 200;

const predictions: Step = ({ predictions: n, timeless }) => {
  const step = { id: 'predictions', title: 'Predictions', needed: true } as const;
  if (n === 0)
    return {
      ...step,
      state: 'todo',
      sentence: 'No prediction has come yet.',
      gives: 'Traffic and the list of columns, from the first one on',
    };
  if (timeless !== null)
    return {
      ...step,
      state: 'wrong',
      sentence: `The time of predictions is missing: ${of(timeless.n, timeless.of)} of the newest were stored at the moment they came.`,
      gives:
        'Send a time with each, or name its column when you import: each prediction lies in its own hour of the past',
    };
  return { ...step, state: 'done', sentence: `${plural(n, 'prediction')} stored.` };
};

const HOUR = 3_600_000;

const reference: Step = ({ reference: chosen, predictions: n, spanMs }) => {
  const step = { id: 'reference', title: 'Reference', needed: true } as const;
  if (chosen !== null)
    return {
      ...step,
      state: 'done',
      sentence: `Compared with ${chosen.name}${chosen.rows === null ? '' : `, ${plural(chosen.rows, 'row')}`}.`,
    };
  return {
    ...step,
    state: 'waiting',
    ...untilEnough(n, spanMs),
    gives: 'Drift of every column, missing and new values against what is normal',
  };
};

/** How far the model is from a reference of its own: first in predictions, then in time. */
function untilEnough(n: number, spanMs: number): Pick<SetupStep, 'sentence' | 'progress'> {
  const { rows, ms } = ENOUGH;
  const begin = 'Add the training data now; or';
  if (n < rows)
    return {
      sentence: `${begin} the first day becomes the reference by itself, when it has ${count(rows)} predictions.`,
      progress: { done: n, of: rows, unit: 'predictions' },
    };
  const hours = Math.floor(spanMs / HOUR);
  if (spanMs < ms)
    return {
      sentence: `${begin} the first day becomes the reference by itself, when it is over.`,
      progress: { done: hours, of: ms / HOUR, unit: 'hours' },
    };
  return {
    sentence: 'The first day becomes the reference when its last bucket is complete.',
    progress: null,
  };
}

const judgement: Step = ({ judged, first, now, bucketMs, dueAt }) => {
  const bucket = bucketWord(bucketMs);
  const step = { id: 'judgement', title: 'First judgement', needed: true } as const;
  if (judged) return { ...step, state: 'done', sentence: `Every ${bucket} is judged when it is complete.` };
  const gives = 'Traffic, errors and latency are watched, and columns where there is a reference';
  if (first === null)
    return { ...step, state: 'waiting', sentence: `Begins with the first ${bucket} of predictions.`, gives };
  const end = first + bucketMs;
  if (end > now)
    return {
      ...step,
      state: 'waiting',
      sentence: `The first ${bucket} ends in ${length(end - now)}${dueAt === null ? '' : ` and is judged ${length(Math.max(0, dueAt - end))} later`}.`,
      gives,
      progress: {
        done: Math.max(0, Math.floor((now - first) / 60_000)),
        of: Math.round(bucketMs / 60_000),
        unit: 'minutes',
      },
    };
  const sentence =
    dueAt !== null && dueAt > now
      ? `The first ${bucket} is over and is judged in ${length(dueAt - now)}.`
      : `The first ${bucket} is over and is being judged.`;
  return { ...step, state: 'waiting', sentence, gives };
};

const labels: Step = ({ labels: { found, waiting }, predictions, counted, answers, qualityUnknown }) => {
  const step = { id: 'labels', title: 'Labels', needed: false } as const;
  const gives = 'How good the model is, with an interval, and an alert when it gets worse';
  const all = found + waiting;
  if (all === 0)
    return {
      ...step,
      state: 'todo',
      sentence:
        counted > 0 && counted >= predictions
          ? 'Profiles of agents have no ids that labels could find: send predictions, and what turned out to be true, to the server itself.'
          : 'No label has come: send what turned out to be true, with the id of the prediction.',
      gives,
    };
  if (found === 0)
    return {
      ...step,
      state: 'wrong',
      sentence: `0 of ${plural(all, 'label')} found their prediction: no prediction has their ids.`,
      gives,
      progress: { done: 0, of: all, unit: 'labels' },
    };
  if (!answers.prediction && !answers.score)
    return {
      ...step,
      state: 'wrong',
      sentence: `${plural(found, 'label')} wait for a prediction field: the predictions came without \`prediction\` and \`score\`.`,
      gives,
    };
  const sentence = `${of(found, all)} labels found their prediction.`;
  if (qualityUnknown === null) return { ...step, state: 'done', sentence };
  if (found < LABELS)
    return {
      ...step,
      state: 'waiting',
      sentence: `${sentence} Quality is told from ${count(LABELS)} in a window on.`,
      gives,
      progress: { done: found, of: LABELS, unit: 'labels' },
    };
  return { ...step, state: 'waiting', sentence: `${sentence} ${qualityUnknown}`, gives };
};

const positiveClass: Step = ({ positive }) => {
  const step = { id: 'positive_class', title: 'Class of the score', needed: false } as const;
  if (positive !== null && positive.by !== 'name')
    return { ...step, state: 'done', sentence: positiveSentence(positive) };
  return {
    ...step,
    state: 'todo',
    sentence:
      positive === null
        ? 'The score belongs to one of the two classes: which one, nobody has said, and scores and labels do not tell yet.'
        : positiveSentence(positive),
    gives: 'ROC AUC the right way round',
  };
};

const channel: Step = ({ channels }) => {
  const step = { id: 'channel', title: 'Notifications', needed: false } as const;
  if (channels > 0)
    return { ...step, state: 'done', sentence: `Incidents are sent to ${plural(channels, 'channel')}.` };
  return {
    ...step,
    state: 'todo',
    sentence: 'No channel is set up: incidents are shown here and sent to nobody.',
    gives: 'A message when an incident opens, gets worse and ends',
  };
};

/** Where the score stands for one of two classes. */
const hasClass = ({ task, answers }: SetupFacts) => task === 'binary' && answers.score;

/**
 * What a model still needs, in the order in which people go about it; each step says how it stands and what it gives.
 * Pure. `setupSteps(facts).map(({ id, state }) => [id, state])`
 */
export function setupSteps(facts: SetupFacts): SetupStep[] {
  const table: readonly Step[] = [
    predictions,
    reference,
    judgement,
    labels,
    ...(hasClass(facts) ? [positiveClass] : []),
    channel,
  ];
  return table.map((step) => ({ gives: null, progress: null, ...step(facts) }));
}

/** How many steps are done; null when all that judging needs are. `setupProgress(setupSteps(facts))` → { done: 3, of: 5 } */
export function setupProgress(steps: readonly SetupStep[]): SetupProgress | null {
  if (steps.every(({ needed, state }) => !needed || state === 'done')) return null;
  return progressOf(steps);
}

export function progressOf(steps: readonly SetupStep[]): SetupProgress {
  return { done: steps.filter(({ state }) => state === 'done').length, of: steps.length };
}
