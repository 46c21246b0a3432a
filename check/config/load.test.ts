import { expect, test } from 'vitest';
import { createWorld } from '../world.testing.ts';
import { loadSettings } from './load.ts';

const world = createWorld();
let made = 0;
const load = (content: string | object) =>
  loadSettings(
    world.write(`c${made++}.yaml`, typeof content === 'string' ? content : JSON.stringify(content)),
  );

test('our own file: everything it can say', () => {
  const settings = load(`
label: churned
prediction: predicted
positive: 1
segments: [country]
ignore: [id, "debug_*"]
threshold: 0.15
limits: {missing: 0.1, new_category: 0}
multivariate: false
numeric: {test: psi, threshold: 0.2}
columns:
  age: {type: numeric, min: 0, max: 120, max_missing: 0.05, threshold: 0.3}
  country: {type: categorical, values: [DE, FR, 1], mostly: 0.99}
  id: {unique: true, required: true, pattern: "^C-"}
`);
  expect(settings).toMatchObject({
    label: 'churned',
    prediction: 'predicted',
    positive: '1',
    segments: ['country'],
    ignore: ['id', 'debug_*'],
    threshold: 0.15,
    limits: { missing: 0.1, newCategory: 0 },
    multivariate: false,
    numeric: { test: 'psi', threshold: 0.2 },
    columns: { age: { type: 'numeric', threshold: 0.3 }, country: { type: 'categorical' } },
  });
  expect(settings.rules).toEqual([
    { kind: 'not_missing', column: 'age', mostly: 0.95 },
    { kind: 'between', column: 'age', min: 0, max: 120, mostly: 1 },
    { kind: 'in_set', column: 'country', values: ['DE', 'FR', '1'], mostly: 0.99 },
    { kind: 'present', column: 'id' },
    { kind: 'matches', column: 'id', pattern: '^C-', mostly: 1 },
    { kind: 'unique', column: 'id' },
  ]);
});

test('an empty file says nothing', () => {
  expect(load('')).toMatchObject({ rules: [], columns: {} });
});

test.each([
  ['a misspelt setting', 'treshold: 0.2', /there is no setting "treshold"; did you mean "threshold"\?/],
  ['a wrong value', 'limits: {missing: 7}', /limits\.missing: /],
  ['a type that is none', 'columns: {a: {type: float}}', /columns\.a\.type: /],
  ['no YAML', 'a: [1', /c\d+\.yaml: \S/],
  ['a list', '- a', /is no configuration/],
] as const)('%s: says the place', (_, content, message) => {
  expect(() => load(content)).toThrow(message);
});

test('a file that is missing', () => {
  expect(() => loadSettings(world.path('none.yaml'))).toThrow(/none\.yaml: no such file/);
});

test('SageMaker constraints: types, completeness, sign, domains, distances', () => {
  const settings = load({
    version: 0,
    features: [
      { name: 'age', inferred_type: 'Integral', completeness: 1, num_constraints: { is_non_negative: true } },
      {
        name: 'state',
        inferred_type: 'String',
        completeness: 0.9,
        string_constraints: { domains: ['NY', 'CA'] },
      },
      { name: 'odd', inferred_type: 'Unknown' },
    ],
    monitoring_config: {
      evaluate_constraints: 'Enabled',
      datatype_check_threshold: 1,
      domain_content_threshold: 0.1,
      distribution_constraints: {
        perform_comparison: 'Enabled',
        comparison_threshold: 0.2,
        comparison_method: 'Robust',
        categorical_comparison_threshold: 0.3,
        categorical_drift_method: 'LInfinity',
      },
    },
  });
  expect(settings).toMatchObject({
    as: 'sagemaker',
    numeric: { test: 'Robust', threshold: 0.2 },
    categorical: { test: 'LInfinity', threshold: 0.3 },
    columns: { age: { type: 'numeric' }, state: { type: 'categorical' }, odd: {} },
  });
  expect(settings.rules).toEqual([
    { kind: 'present', column: 'age' },
    { kind: 'not_missing', column: 'age', mostly: 1 },
    { kind: 'of_type', column: 'age', type: 'integer', mostly: 1 },
    { kind: 'between', column: 'age', min: 0, max: null, mostly: 1 },
    { kind: 'present', column: 'state' },
    { kind: 'not_missing', column: 'state', mostly: 0.9 },
    { kind: 'in_set', column: 'state', values: ['NY', 'CA'], mostly: 0.9 },
    { kind: 'present', column: 'odd' },
  ]);
});

test('SageMaker statistics: types and completeness', () => {
  const settings = load({
    version: 0,
    features: [
      {
        name: 'age',
        inferred_type: 'Fractional',
        numerical_statistics: { common: { num_present: 95, num_missing: 5 }, mean: 1 },
      },
    ],
  });
  expect(settings.columns).toEqual({ age: { type: 'numeric' } });
  expect(settings.rules).toContainEqual({ kind: 'not_missing', column: 'age', mostly: 0.95 });
});

test('Great Expectations: column rules; the rest is named', () => {
  const expectation = (expectation_type: string, kwargs: object) => ({ expectation_type, kwargs });
  const settings = load({
    expectation_suite_name: 'suite',
    expectations: [
      expectation('expect_column_values_to_not_be_null', { column: 'a', mostly: 0.9 }),
      expectation('expect_column_values_to_be_between', { column: 'a', min_value: 0, max_value: 5 }),
      expectation('expect_column_values_to_be_in_set', { column: 'b', value_set: [1, 'x'] }),
      expectation('expect_column_values_to_be_of_type', { column: 'a', type_: 'int64' }),
      { type: 'expect_column_values_to_match_regex', kwargs: { column: 'b', regex: '^x' } },
      expectation('expect_table_row_count_to_equal', { value: 7 }),
    ],
  });
  expect(settings.rules).toEqual([
    { kind: 'not_missing', column: 'a', mostly: 0.9 },
    { kind: 'between', column: 'a', min: 0, max: 5, mostly: 1 },
    { kind: 'in_set', column: 'b', values: ['1', 'x'], mostly: 1 },
    { kind: 'of_type', column: 'a', type: 'integer', mostly: 1 },
    { kind: 'matches', column: 'b', pattern: '^x', mostly: 1 },
  ]);
  expect(settings.notes).toEqual(['expectations without a counterpart: expect_table_row_count_to_equal']);
});

test.each([
  [
    'older names',
    {
      num_stattest: 'psi',
      num_stattest_threshold: 0.2,
      cat_stattest: 'chisquare',
      per_column_stattest: { age: 'ks' },
    },
  ],
  [
    'newer names',
    {
      num_method: 'psi',
      num_threshold: 0.2,
      cat_method: 'chisquare',
      per_column_method: { age: 'ks' },
      drift_share: 0.4,
    },
  ],
])('Evidently, %s', (_, content) => {
  expect(load(content)).toMatchObject({
    as: 'evidently',
    numeric: { test: 'psi', threshold: 0.2 },
    categorical: { test: 'chisquare' },
    columns: { age: { test: 'ks' } },
  });
});

test('NannyML: methods, constant thresholds, the parts of the columns', () => {
  const settings = load(`
calculators:
  - type: univariate_drift
    params:
      column_names: [a]
      continuous_methods: [wasserstein, jensen_shannon]
      categorical_methods: [l_infinity]
      thresholds:
        wasserstein: {type: constant, upper: 3.5}
        l_infinity: {type: standard_deviation, std_upper_multiplier: 2}
  - type: performance
    params: {y_true: label, y_pred: guess, y_pred_proba: p, timestamp_column_name: at}
`);
  expect(settings).toEqual({
    as: 'nannyml',
    numeric: { test: 'wasserstein', threshold: 3.5 },
    categorical: { test: 'l_infinity' },
    label: 'label',
    prediction: 'guess',
    score: 'p',
    time: 'at',
  });
});
