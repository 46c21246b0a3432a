import { answered, type Trained } from '../../cli/drill/trained.ts';
import type { Label, Prediction, Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import type { NewModel } from '../../contract/model.ts';
import type { Reference } from '../../contract/reference.ts';
import { random } from '../../stats/random.ts';

export const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Rows an hour at the quietest hour of the day, and how many times as many at the busiest. */
const QUIET = 500;
const BUSY = 4;

export interface Setup {
  /** What normal is comes from a file; else from the model's first day. */
  readonly file: boolean;
  /** Somebody said how long labels take. */
  readonly delaySaid: boolean;
}

/** A model in which nothing changes. */
export interface Life {
  readonly id: string;
  readonly setup: Setup;
  readonly model: NewModel;
  readonly reference: string | null;
  /** Predictions so far. */
  readonly sent: number;
  /** Sends what was asked and what became known by then. */
  sendUpTo(client: Tiltmeter, time: number): Promise<void>;
}

/** Rows drawn by chance, 500 to 2,000 an hour by the time of day; each label becomes known 23 to 25 hours later. */
export function lifeOf(
  id: string,
  { table, model, reference, served }: Trained,
  setup: Setup,
  begins: number,
  seed: number,
): Life {
  const next = random(seed);
  const answers = served.map(({ features }) => answered(table, model.predict(features)));
  let unknown: (Label & { readonly time: number })[] = [];
  let hour = 0;
  let sent = 0;

  function* asked(
    start: number,
  ): Generator<{ prediction: Prediction; label: Label & { readonly time: number } }> {
    const wave = 0.5 - 0.5 * Math.cos((2 * Math.PI * (start % DAY)) / DAY);
    const n = Math.round(QUIET * BUSY ** wave * (0.95 + 0.1 * next()));
    for (let i = 0; i < n; i++) {
      const which = Math.floor(next() * served.length);
      const { features, label, latencyMs } = served[which]!;
      const time = start + Math.floor(((i + 0.5) / n) * HOUR);
      const key = `${id}-${++sent}`;
      yield {
        prediction: {
          model: id,
          version: 'v1',
          id: key,
          time,
          features,
          latency_ms: latencyMs,
          ...answers[which]!,
        },
        label: { model: id, id: key, label, time: time + DAY + Math.floor((next() - 0.5) * 2 * HOUR) },
      };
    }
  }

  return {
    id,
    setup,
    model: {
      ...{ id, task: table.task, columns: model.columns },
      ...(setup.delaySaid ? { label_delay_ms: 25 * HOUR } : {}),
      ...(table.positive === null ? {} : { positive_label: table.positive }),
    },
    reference: setup.file ? reference : null,
    get sent() {
      return sent;
    },
    async sendUpTo(client, time) {
      const predictions: Prediction[] = [];
      for (; begins + (hour + 1) * HOUR <= time; hour++)
        for (const { prediction, label } of asked(begins + hour * HOUR)) {
          predictions.push(prediction);
          unknown.push(label);
        }
      const known = unknown.filter((label) => label.time <= time);
      unknown = unknown.filter((label) => label.time > time);
      await client.predictions(predictions);
      await client.labels(known);
    },
  };
}

/** Tells the server about a model before it answers. */
export async function declareLife(client: Tiltmeter, { id, model, reference }: Life): Promise<void> {
  await client.call('POST', '/models', model);
  if (reference !== null)
    await client.upload<Reference>(`/models/${id}/references/file?name=Test+set`, reference, 'text/csv');
}
