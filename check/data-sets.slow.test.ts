import { describe, expect, test } from 'vitest';
import { checked, refused } from '../cli/check/checked.testing.ts';
import { random } from '../stats/random.ts';
import { dataSet, fileOf, type Lines, linesOf } from './data-sets.testing.ts';
import { createWorld } from './world.testing.ts';

/** Real tables, split where something is known: what moved is found, what did not is not, and types are those a person would give. */

const world = createWorld();

interface Split {
  readonly is: string;
  /** Which part a row belongs to; null: neither. */
  readonly part: (row: string, place: number, lines: Lines) => 'before' | 'after' | null;
  readonly moved: readonly string[];
  /** Columns that must not be called moved; all others, when absent, may or may not. */
  readonly still: readonly string[] | 'all others';
  readonly wholeMoved: boolean;
}

interface DataSet {
  readonly name: string;
  readonly file: string | undefined;
  readonly header: boolean;
  /** Types that are not numeric, and the columns that are skipped. */
  readonly types: Readonly<Record<string, string>>;
  /** Some hundred more columns are of no or yes. */
  readonly oneHot?: true;
  readonly splits: readonly Split[];
}

const byValue =
  (column: string, before: readonly string[], after: readonly string[]): Split['part'] =>
  (row, _, lines) => {
    const value = lines.value(row, column);
    return before.includes(value) ? 'before' : after.includes(value) ? 'after' : null;
  };
const byWord =
  (before: RegExp, after: RegExp): Split['part'] =>
  (row) =>
    before.test(row) ? 'before' : after.test(row) ? 'after' : null;
const each = (names: readonly string[], type: string) =>
  Object.fromEntries(names.map((name) => [name, type]));

const SETS: readonly DataSet[] = [
  {
    name: 'bike sharing',
    file: dataSet('bike_sharing/hour.csv', 'bike-sharing/hour.csv.gz'),
    header: true,
    types: {
      instant: 'numeric identifier',
      dteday: 'time',
      ...each(['yr', 'holiday', 'workingday'], 'boolean'),
    },
    splits: [
      {
        is: 'the second year against the first: more riders, the same weather',
        part: byValue('yr', ['0'], ['1']),
        moved: ['yr', 'registered', 'cnt'],
        still: [
          'season',
          'mnth',
          'hr',
          'holiday',
          'weekday',
          'workingday',
          'weathersit',
          'temp',
          'atemp',
          'windspeed',
        ],
        wholeMoved: true,
      },
    ],
  },
  {
    name: 'Adult',
    file: dataSet('adult_income/adult-train.csv.gz', 'adult/adult.data.csv.gz'),
    header: false,
    types: each(
      [2, 4, 6, 7, 8, 9, 10, 14, 15].map((i) => `column_${i}`),
      'categorical',
    ),
    splits: [
      {
        is: 'graduates against the others',
        part: byWord(/ (HS-grad|Some-college|\d+th|Assoc)/, / (Bachelors|Masters|Doctorate)/),
        moved: ['column_1', 'column_4', 'column_5', 'column_7', 'column_15'],
        still: ['column_3', 'column_10', 'column_12'],
        wholeMoved: true,
      },
    ],
  },
  {
    name: 'Elec2',
    file: dataSet('elec2/electricity-normalized.csv.gz'),
    header: true,
    types: { class: 'categorical' },
    splits: [
      {
        is: 'from row 17,424 on, when the market of Victoria joined',
        part: (_, place) => (place < 17_424 ? 'before' : 'after'),
        moved: ['date', 'vicprice', 'vicdemand', 'transfer'],
        still: ['day', 'period'],
        wholeMoved: true,
      },
      {
        is: 'two halves of the time before: Victoria stands still',
        part: (_, place) => (place < 8760 ? 'before' : place < 17_424 ? 'after' : null),
        moved: ['date'],
        still: ['day', 'period', 'vicprice', 'vicdemand', 'transfer', 'class'],
        wholeMoved: true,
      },
    ],
  },
  {
    name: 'Beijing PM2.5',
    file: dataSet('beijing_pm25/pollution.csv.gz'),
    header: true,
    types: { No: 'numeric identifier', cbwd: 'categorical' },
    splits: [
      {
        is: 'summer against winter',
        part: byValue('month', ['12', '1', '2'], ['6', '7', '8']),
        moved: ['month', 'pm2.5', 'DEWP', 'TEMP', 'PRES', 'cbwd'],
        still: ['year', 'day', 'hour'],
        wholeMoved: true,
      },
      {
        is: 'one year against another: the weather has no trend',
        part: byValue('year', ['2010'], ['2014']),
        moved: ['year'],
        still: ['month', 'day', 'hour', 'DEWP', 'TEMP'],
        wholeMoved: true,
      },
    ],
  },
  {
    name: 'COMPAS',
    file: dataSet('compas/compas-scores-two-years.csv.gz'),
    header: true,
    types: {
      id: 'numeric identifier',
      ...each(
        [
          ...[
            'compas_screening_date',
            'c_jail_in',
            'c_jail_out',
            'c_offense_date',
            'c_arrest_date',
            'r_offense_date',
          ],
          ...[
            'r_jail_in',
            'r_jail_out',
            'vr_offense_date',
            'screening_date',
            'v_screening_date',
            'in_custody',
            'out_custody',
          ],
        ],
        'time',
      ),
      ...each(
        [
          ...[
            'sex',
            'age_cat',
            'race',
            'c_charge_degree',
            'c_charge_desc',
            'r_charge_degree',
            'r_charge_desc',
          ],
          ...[
            'vr_charge_degree',
            'vr_charge_desc',
            'type_of_assessment',
            'score_text',
            'v_type_of_assessment',
            'v_score_text',
          ],
        ],
        'categorical',
      ),
      violent_recid: 'categorical all missing',
      ...each(['is_recid', 'is_violent_recid', 'event', 'two_year_recid'], 'boolean'),
    },
    splits: [
      {
        is: 'black defendants against white ones: their scores are higher',
        part: byWord(/,Caucasian,/, /,African-American,/),
        moved: ['race', 'decile_score', 'score_text', 'v_decile_score', 'age'],
        still: ['sex', 'c_charge_degree', 'type_of_assessment'],
        wholeMoved: true,
      },
    ],
  },
  {
    name: 'German credit',
    file: dataSet('german_credit/german_data_credit.csv'),
    header: true,
    types: {
      ...each(
        [
          ...[
            'checking-account',
            'credit-history',
            'purpose',
            'savings-account',
            'employment-since',
            'other-debtors',
          ],
          ...['property', 'other-installment', 'housing', 'job', 'telephone', 'sex', 'marital-status'],
        ],
        'categorical',
      ),
      ...each(['foreign-worker', 'class-label'], 'boolean'),
    },
    splits: [
      {
        is: 'women against men',
        part: byWord(/,male,/, /,female,/),
        moved: ['sex', 'age', 'housing'],
        still: ['credit-history', 'savings-account', 'installment-rate', 'telephone', 'job'],
        wholeMoved: true,
      },
      {
        is: 'the second half against the first: the order means nothing',
        part: (_, place) => (place < 500 ? 'before' : 'after'),
        moved: [],
        still: 'all others',
        wholeMoved: false,
      },
    ],
  },
  {
    name: 'Telco churn',
    file: dataSet('telco_churn/Telco-Customer-Churn.csv'),
    header: true,
    types: {
      customerID: 'categorical identifier',
      ...each(
        ['SeniorCitizen', 'Partner', 'Dependents', 'PhoneService', 'PaperlessBilling', 'Churn'],
        'boolean',
      ),
      ...each(
        [
          ...[
            'gender',
            'MultipleLines',
            'InternetService',
            'OnlineSecurity',
            'OnlineBackup',
            'DeviceProtection',
          ],
          ...['TechSupport', 'StreamingTV', 'StreamingMovies', 'Contract', 'PaymentMethod'],
        ],
        'categorical',
      ),
    },
    splits: [
      {
        is: 'contracts by the month against two years',
        part: byWord(/,Two year,/, /,Month-to-month,/),
        moved: ['Contract', 'tenure', 'Churn', 'PaymentMethod', 'TotalCharges'],
        still: ['gender', 'PhoneService'],
        wholeMoved: true,
      },
      {
        is: 'women against men: nothing but the column of that name',
        part: byWord(/,Male,/, /,Female,/),
        moved: ['gender'],
        still: 'all others',
        wholeMoved: true,
      },
    ],
  },
  {
    name: 'SEA concepts',
    file: dataSet('sea_drift/SEA_training_data.csv'),
    header: false,
    types: {},
    splits: [
      {
        is: 'another concept on the same inputs',
        part: (_, place) => (place < 12_500 ? 'before' : place < 37_500 ? null : 'after'),
        moved: [],
        still: 'all others',
        wholeMoved: false,
      },
    ],
  },
  {
    name: 'churn of SageMaker',
    file: dataSet('sagemaker_capture/churn_training-dataset-with-header.csv'),
    header: true,
    types: {
      Churn: 'boolean',
      'Account Length': 'numeric',
      'Day Mins': 'numeric',
      "Int'l Plan_no": 'boolean',
    },
    oneHot: true,
    splits: [],
  },
  {
    name: 'NAB, a machine that works harder and harder',
    file: dataSet('nab/data/realAWSCloudwatch/rds_cpu_utilization_cc0c53.csv'),
    header: true,
    types: { timestamp: 'time' },
    splits: [
      {
        is: 'the second half against the first',
        part: (_, place) => (place < 2016 ? 'before' : 'after'),
        moved: ['value'],
        still: 'all others',
        wholeMoved: false,
      },
    ],
  },
  {
    name: 'NAB, nothing but noise',
    file: dataSet('nab/data/artificialNoAnomaly/art_daily_small_noise.csv'),
    header: true,
    types: { timestamp: 'time' },
    splits: [
      {
        is: 'the second half against the first',
        part: (_, place) => (place < 2016 ? 'before' : 'after'),
        moved: [],
        still: 'all others',
        wholeMoved: false,
      },
    ],
  },
];

/** The type of a column, and why it is skipped where its type does not tell. */
const kindOf = ({ type, status, reasons }: { type: string; status: string; reasons: readonly string[] }) => {
  if (status !== 'skipped' || type === 'time') return type;
  return `${type} ${reasons[0]!.startsWith('an identifier') ? 'identifier' : 'all missing'}`;
};

describe.each(SETS)('$name', ({ name, file, header, types, oneHot, splits }) => {
  const write = (suffix: string, lines: Lines, rows: readonly string[]) =>
    world.write(`${name.replaceAll(/\W/g, '-')}-${suffix}.csv`, fileOf(lines, rows));

  test.skipIf(file === undefined)('types, and halves at random: nothing moved', async () => {
    const lines = linesOf(file!, header);
    const next = random(11);
    const [a, b]: [string[], string[]] = [[], []];
    for (const row of lines.rows) (next() < 0.5 ? a : b).push(row);
    const report = await checked(write('b', lines, b), write('a', lines, a));
    const kinds = report.columns.map((column) => [column.name, kindOf(column)] as const);
    const unusual = Object.fromEntries(
      kinds.filter(([column, kind]) => kind !== 'numeric' || column in types),
    );
    if (oneHot) expect(unusual).toMatchObject(types);
    else expect(unusual).toEqual(types);
    for (const column of report.columns)
      expect(['ok', 'skipped'], `${column.name}: ${column.reasons}`).toContain(column.status);
    expect(report.verdict).toBe('pass');
  });

  test.skipIf(file === undefined).each(splits)('$is', async ({ part, moved, still, wholeMoved }) => {
    const lines = linesOf(file!, header);
    const parts = lines.rows.map((row, place) => part(row, place, lines));
    const of = (side: 'before' | 'after') => lines.rows.filter((_, i) => parts[i] === side);
    expect(Math.min(of('before').length, of('after').length)).toBeGreaterThan(100);
    const report = await checked(write('after', lines, of('after')), write('before', lines, of('before')));
    const called = report.columns.filter(({ status }) => status === 'drift' || status === 'quality');
    const names = called.map((column) => column.name);
    expect(names).toEqual(expect.arrayContaining([...moved]));
    if (still === 'all others') expect([...names].sort()).toEqual([...moved].sort());
    else expect(names.filter((each) => still.includes(each))).toEqual([]);
    for (const column of called) expect(column.reasons[0], column.name).toBeTruthy();
    expect(report.multivariate.drift).toBe(wholeMoved);
    expect(report.verdict).toBe(moved.length > 0 || wholeMoved ? 'fail' : 'pass');
  });
});

const acs = (name: string) => dataSet(`acs_employment_ma/employment_MA_${name}.pq`);

test.skipIf(acs('reference') === undefined)(
  'ACS employment, Parquet: three later years, labels not yet known: the inputs are still, the estimate holds',
  async () => {
    const report = await checked(
      acs('analysis')!,
      acs('reference')!,
      ...[
        '--label',
        'employed',
        '--prediction',
        'prediction',
        '--score',
        'predicted_probability',
        '--ignore',
        'year',
      ],
    );
    expect(report).toMatchObject({ verdict: 'pass', rows: { reference: 68_785, current: 208_892 } });
    expect(report.of('id').reasons[0]).toMatch(/identifier/);
    const numeric = report.columns.filter(({ type, status }) => type === 'numeric' && status !== 'skipped');
    expect(numeric.map(({ name }) => name)).toEqual(['AGEP', 'predicted_probability']);
    // accuracy realised later: 0.8253, 0.8292, 0.8282; area under the curve 0.9020, 0.9051, 0.9057
    expect(report.performance.estimated!.roc_auc).toBeCloseTo(0.904, 2);
    expect(report.performance.estimated!.accuracy).toBeCloseTo(0.828, 2);
  },
);

test.skipIf(acs('reference') === undefined)('ACS employment: the year itself is found', async () => {
  const report = await checked(acs('analysis')!, acs('reference')!, '--ignore', 'employed');
  // Others differ a little from year to year, and it is certain with 70,000 rows.
  const called = report.columns.filter(({ status }) => !['ok', 'shift', 'skipped'].includes(status));
  expect(called).toMatchObject([
    { name: 'year', reasons: expect.arrayContaining([expect.stringContaining('2015 throughout')]) },
  ]);
});

const parquet = dataSet('adult_income/adults_evidently.parquet');

test.skipIf(parquet === undefined)('Adult as Parquet and as text: the same table, names apart', async () => {
  const report = await checked(parquet!, parquet!);
  expect(report).toMatchObject({ verdict: 'pass', rows: { current: 48_842 } });
  expect(report.of('workclass').missing.current).toBeCloseTo(2799 / 48_842, 9);
});

describe.each([
  'otlp_examples/trace.json',
  'otlp_examples/logs.json',
  'sagemaker_capture/model_quality_binary_classification_report.json',
])('%s', (name) => {
  const file = dataSet(name);
  test.skipIf(file === undefined)('is no table, and is refused in one line', async () => {
    expect(await refused(file!, file!)).toMatch(/one object of lists/);
  });
});

describe.each(['kserve_events/binary_http_events.jsonl', 'sagemaker_capture/captured_records.jsonl'])(
  '%s',
  (name) => {
    const file = dataSet(name);
    test.skipIf(file === undefined)('has few rows of nested objects, and is said to', async () => {
      const { columns } = await checked(file!, file!);
      for (const { status } of columns) expect(['skipped', 'not_enough_data']).toContain(status);
    });
  },
);

test('the sets that ship are looked at, whatever stands beside the checkout', () => {
  const there = SETS.filter(({ file }) => file !== undefined).map(({ name }) => name);
  expect(there).toEqual(expect.arrayContaining(['bike sharing', 'Adult']));
});
