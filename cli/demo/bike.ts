import type { Prediction } from '../../clients/typescript/tiltmeter.ts';
import { referenceCsv } from './reference.ts';
import { DAY, HOUR, type Question, type Stopwatch, type Story } from './story.ts';
import { type Cells, dataset } from './table.ts';
import { type FeatureKinds, outOfFold, train } from './training.ts';

const MODEL = 'bike-demand';
const VERSION = 'half-year-1';
/** Trained on everything before, asked about everything after. In the time of the data. */
const DEPLOYED = Date.parse('2011-07-01T00:00:00Z');

/**
 * What is known before the hour begins (the weather as its forecast). Left out: `casual` and `registered`, whose sum is
 * the answer; `instant`, a row number; `yr`, which has one value in the training months and could teach nothing.
 */
const FEATURES: FeatureKinds = {
  season: 'categorical',
  mnth: 'numeric',
  hr: 'numeric',
  holiday: 'categorical',
  weekday: 'categorical',
  workingday: 'categorical',
  weathersit: 'categorical',
  temp: 'numeric',
  atemp: 'numeric',
  hum: 'numeric',
  windspeed: 'numeric',
};

const timeOf = (row: Cells) => Date.parse(`${row.dteday}T${row.hr!.padStart(2, '0')}:00:00Z`);
const rentals = (row: Cells) => Number(row.cnt);
/** A week stays together, so that no row is judged by a model that saw the hour beside it. */
const weekOf = (row: Cells) => Math.floor(timeOf(row) / (7 * DAY));

/**
 * Rentals of bicycles per hour: trained on January to June 2011, asked about every hour from July 2011 to December 2012,
 * `moved` later (milliseconds, whole hours).
 */
export function bikeDemand(moved: number): Story {
  const rows = dataset('bike-sharing/hour.csv.gz');
  const training = rows.filter((row) => timeOf(row) < DEPLOYED);
  const model = train(training, FEATURES, rentals, 'regression');
  const held = outOfFold(training, FEATURES, rentals, 'regression', weekOf);
  const error =
    training.reduce((sum, row, i) => sum + Math.abs(held[i]! - rentals(row)), 0) / training.length;

  const begins = DEPLOYED + moved;

  const ask =
    (row: Cells, time: number) =>
    (stopwatch: Stopwatch): Prediction => {
      const features = model.features(row);
      const started = stopwatch();
      const expected = Math.max(0, model.predict(features));
      const latency_ms = stopwatch() - started;
      const id = `hour-${row.instant}`;
      return {
        model: MODEL,
        version: VERSION,
        id,
        time,
        features,
        prediction: expected,
        latency_ms,
      };
    };

  return {
    model: {
      id: MODEL,
      task: 'regression',
      owner: 'demand-team@example.org',
      description:
        'Bicycles rented in the next hour, from calendar and weather. Gradient-boosted trees, trained on the half-year before. Data of 2011 and 2012, moved to the present.',
      tags: ['demo', 'bike-sharing'],
      // One row an hour: a day is the shortest bucket that has every hour of the day in it.
      bucket_ms: DAY,
      // Four weeks: whole weeks, so that weekends weigh the same in each window, and 672 rows, enough to judge.
      window_ms: 28 * DAY,
      label_delay_ms: 2 * DAY,
      importance: model.importance,
      columns: model.columns,
    },
    reference: {
      name: 'Training set: the half-year before',
      csv: referenceCsv(
        training.map((row, i) => ({
          features: model.features(row),
          prediction: Math.max(0, held[i]!),
          label: rentals(row),
        })),
      ),
    },
    changes: [
      {
        time: begins,
        kind: 'deploy',
        title: `${MODEL} ${VERSION} goes live`,
        model: MODEL,
        version: VERSION,
      },
    ],
    begins,
    questions: rows
      .filter((row) => timeOf(row) >= DEPLOYED)
      .map((row): Question => {
        const time = timeOf(row) + moved;
        // The count is complete when the hour is over, and reaches the model's team two days later.
        const known = time + HOUR + 2 * DAY;
        return {
          time,
          ask: ask(row, time),
          label: {
            model: MODEL,
            id: `hour-${row.instant}`,
            label: rentals(row),
            time: known,
            source: 'counters',
          },
        };
      }),
    trained: `${MODEL}: trained on ${training.length} hours, half a year; off by ${error.toFixed(0)} rentals an hour on weeks it had not seen`,
  };
}
