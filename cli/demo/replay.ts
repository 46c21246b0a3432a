import type { Label, Prediction, Receipt, Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import { DAY, type Question, type Stopwatch, type Story } from './story.ts';

export interface ReplayOptions {
  readonly stopwatch: Stopwatch;
  /** Days of event time per second of wall clock; Infinity does not wait. */
  readonly speed: number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly progress: (done: number, eventTime: number) => void;
}

export interface Replayed {
  readonly predictions: number;
  readonly labels: number;
  readonly rejected: number;
}

/** Event time that is sent together. */
const STEP = 2 * DAY;

/**
 * Sends the questions of all stories in the order of time, two days at a request: the answers of the models, and
 * the labels that became known by then. Labels still unknown at the end of the data are never sent.
 */
export async function replay(
  client: Tiltmeter,
  stories: readonly Story[],
  options: ReplayOptions,
): Promise<Replayed> {
  const questions = stories.flatMap((story) => story.questions).sort((a, b) => a.time - b.time);
  const labels = questions.map(({ label }) => label).sort((a, b) => a.time - b.time);
  const sent = { predictions: 0, labels: 0, rejected: 0 };
  const count = (kind: 'predictions' | 'labels', receipt: Receipt) => {
    sent[kind] += receipt.stored;
    sent.rejected += receipt.rejected_total;
  };
  const start = questions[0]!.time;
  const end = questions.at(-1)!.time + 1;
  const wallStart = options.stopwatch();
  let asked = 0;
  let known = 0;
  for (let to = start + STEP; to - STEP < end; to += STEP) {
    const answers: Prediction[] = [];
    for (; asked < questions.length && questions[asked]!.time < to; asked++) {
      answers.push((questions[asked] as Question).ask(options.stopwatch));
    }
    const due: Label[] = [];
    const now = Math.min(to, end);
    for (; known < labels.length && labels[known]!.time <= now; known++) due.push(labels[known]!);
    const [predictions, truths] = await Promise.all([client.predictions(answers), client.labels(due)]);
    count('predictions', predictions);
    count('labels', truths);
    options.progress(asked, now);
    const ahead = ((now - start) / DAY / options.speed) * 1000 - (options.stopwatch() - wallStart);
    if (ahead > 0) await options.sleep(ahead);
  }
  return sent;
}
