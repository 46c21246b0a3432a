import type { Label, Prediction, Receipt, Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import type { Question, Stopwatch, Story } from './story.ts';

export interface Sent {
  readonly predictions: number;
  readonly labels: number;
  readonly rejected: number;
}

/** Sends stories bit by bit, as event time goes on. */
export interface Sender {
  /** Sends the answers of the models to all that was asked by then, and the labels known by then, each once. */
  upTo(time: number): Promise<void>;
  readonly sent: Sent;
  /** Event time of the last question that was sent, by model. */
  readonly newest: ReadonlyMap<string, number>;
}

/** Example: `await createSender(client, stories, stopwatch).upTo(Date.now())` sends all that has happened. */
export function createSender(client: Tiltmeter, stories: readonly Story[], stopwatch: Stopwatch): Sender {
  const sent = { predictions: 0, labels: 0, rejected: 0 };
  const newest = new Map<string, number>();
  const series = stories.map(({ model, questions }) => ({
    model: model.id,
    due: inTime(questions),
    /** Truths of what was asked that are not known yet. */
    unknown: [] as (Label & { readonly time: number })[],
  }));

  function count(kind: 'predictions' | 'labels', receipt: Receipt): void {
    sent[kind] += receipt.stored;
    sent.rejected += receipt.rejected_total;
  }

  async function send(own: (typeof series)[number], time: number): Promise<void> {
    const asked = own.due(time);
    if (asked.length > 0) newest.set(own.model, asked.at(-1)!.time);
    const all = [...own.unknown, ...asked.map(({ label }) => label)].sort((a, b) => a.time - b.time);
    const known = all.filter((label) => label.time <= time);
    own.unknown = all.slice(known.length);
    const answers: Prediction[] = asked.map(({ ask }) => ask(stopwatch));
    const [predictions, labels] = await Promise.all([client.predictions(answers), client.labels(known)]);
    count('predictions', predictions);
    count('labels', labels);
  }

  return {
    sent,
    newest,
    async upTo(time) {
      // Each model by itself: what goes in one request goes into one table.
      await Promise.all(series.map((own) => send(own, time)));
    },
  };
}

/** Takes from a series in the order of time what has come by a moment; the rest waits. */
function inTime(questions: Iterable<Question>): (time: number) => Question[] {
  const iterator = questions[Symbol.iterator]();
  let next = iterator.next();
  return (time) => {
    const due: Question[] = [];
    for (; !next.done && next.value.time <= time; next = iterator.next()) due.push(next.value);
    return due;
  };
}
