import type { Prediction } from '../../clients/typescript/tiltmeter.ts';
import { referenceCsv } from './reference.ts';
import type { Question, Stopwatch, Story } from './story.ts';
import { DAY, HOUR } from './story.ts';
import { type Cells, dataset } from './table.ts';
import { type FeatureKinds, outOfFold, train } from './training.ts';

const MODEL = 'income-check';
const VERSION = 'private-sector-1';
const MINUTE = 60_000;
const ABOVE = '>50K';

const COLUMNS =
  'age,workclass,fnlwgt,education,education-num,marital-status,occupation,relationship,race,sex,capital-gain,capital-loss,hours-per-week,native-country,income'.split(
    ',',
  );

/** Left out: `fnlwgt`, a survey weight and no property of a person; `sex` and `race`, which travel as tags. */
const FEATURES: FeatureKinds = {
  age: 'numeric',
  workclass: 'categorical',
  education: 'categorical',
  'education-num': 'numeric',
  'marital-status': 'categorical',
  occupation: 'categorical',
  relationship: 'categorical',
  'capital-gain': 'numeric',
  'capital-loss': 'numeric',
  'hours-per-week': 'numeric',
  'native-country': 'categorical',
};

/** The test file ends its labels with a dot. */
const income = (row: Cells) => row.income!.replace(/\.$/, '');
const isAbove = (row: Cells) => Number(income(row) === ABOVE);
const isPrivate = (row: Cells) => row.workclass === 'Private';

/**
 * Income above 50,000 USD: trained on persons employed by private firms, asked first about such persons and from one
 * moment on about everybody. The census has no times; the demo asks about one person a minute, in the order of the
 * file, and has come to its end at `now`. What is asked later begins again with those asked about since the opening.
 */
export function incomeCheck(now: number): Story {
  const training = dataset('adult/adult.data.csv.gz', COLUMNS).filter(isPrivate);
  const model = train(training, FEATURES, isAbove, 'binary');
  const folds = new Map(training.map((row, i) => [row, i]));
  const held = outOfFold(training, FEATURES, isAbove, 'binary', (row) => folds.get(row)!);
  const right =
    training.filter((row, i) => held[i]! >= 0.5 === (isAbove(row) === 1)).length / training.length;

  const served = dataset('adult/adult.test.csv.gz', COLUMNS);
  const half = Math.floor(served.length / 2);
  const before = served.slice(0, half).filter(isPrivate);
  const everybody = served.slice(half);
  const end = Math.floor(now / MINUTE) * MINUTE;
  const opened = end - (everybody.length - 1) * MINUTE;
  const begins = opened - before.length * MINUTE;

  const ask =
    (row: Cells, id: string, time: number) =>
    (stopwatch: Stopwatch): Prediction => {
      const features = model.features(row);
      const started = stopwatch();
      const score = model.predict(features);
      const latency_ms = stopwatch() - started;
      return {
        model: MODEL,
        version: VERSION,
        id,
        time,
        features: model.features(row),
        prediction: answer(score),
        score,
        probabilities: { [ABOVE]: score, '<=50K': 1 - score },
        latency_ms,
        tags: { sex: row.sex!, race: row.race! },
      };
    };

  return {
    model: {
      id: MODEL,
      task: 'binary',
      positive_label: ABOVE,
      owner: 'credit-team@example.org',
      description:
        'Does a person earn more than 50,000 USD a year? Gradient-boosted trees, trained on employees of private firms.',
      tags: ['demo', 'adult'],
      bucket_ms: HOUR,
      window_ms: DAY,
      label_delay_ms: DAY,
      importance: model.importance,
      segments: ['workclass'],
      protected: ['sex', 'race'],
      columns: model.columns,
    },
    reference: {
      name: 'Training set: private sector',
      csv: referenceCsv(
        training.map((row, i) => ({
          features: model.features(row),
          prediction: answer(held[i]!),
          score: held[i]!,
          label: income(row),
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
      {
        time: opened,
        kind: 'rollout',
        title: 'Opened to everybody, not only the private sector',
        model: MODEL,
      },
    ],
    begins,
    questions: {
      *[Symbol.iterator](): Generator<Question> {
        for (let i = 0; ; i++) {
          const row = before[i] ?? everybody[(i - before.length) % everybody.length]!;
          const time = begins + i * MINUTE;
          const id = `person-${i + 1}`;
          const label = { model: MODEL, id, label: income(row), time: time + DAY, source: 'census' };
          yield { time, ask: ask(row, id, time), label };
        }
      },
    },
    trained: `${MODEL}: trained on ${training.length} persons of the private sector; right about ${(100 * right).toFixed(1)} % of those it had not seen`,
  };
}

function answer(score: number): string {
  return score >= 0.5 ? ABOVE : '<=50K';
}
