import { expect, test } from 'vitest';
import { signatureOf } from './signature.ts';

/** As MLflow 3.17 writes it. */
const WRITTEN = `artifact_path: mlflow-artifacts:/1/models/m-9c/artifacts
flavors:
  python_function:
    loader_module: mlflow.pyfunc.model
signature:
  inputs: '[{"type": "long", "name": "age", "required": true}, {"type": "double",
    "name": "income", "required": true}, {"type": "string", "name": "country", "required":
    true}, {"type": "boolean", "name": "vip", "required": true}, {"type": "datetime", "name": "since"}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "str", "shape": [-1]}}]'
  params: null
utc_time_created: '2026-11-28 08:08:18.038707'
`;
const inputs = (list: unknown) => `signature:\n  inputs: '${JSON.stringify(list)}'\n`;

test('columns with their types', () => {
  expect(signatureOf(WRITTEN)).toEqual({
    columns: { age: 'numeric', income: 'numeric', country: 'categorical', vip: 'boolean', since: 'time' },
    left: [],
    none: null,
  });
});

test('inputs that are no columns are named beside those that are', () => {
  const list = [
    { type: 'double', name: 'x' },
    { type: 'array', name: 'history', items: { type: 'double' } },
    { type: 'binary', name: 'photo' },
    { type: 'string' },
  ];
  expect(signatureOf(inputs(list))).toEqual({
    columns: { x: 'numeric' },
    left: ['history (array)', 'photo (binary)', 'an input without a name (string)'],
    none: null,
  });
});

test.each([
  ['none', 'run_id: 1\n', 'its model was logged without a signature'],
  ['none, said so', 'signature: null\n', 'its model was logged without a signature'],
  [
    'of outputs alone',
    "signature:\n  inputs: null\n  outputs: '[]'\n",
    'its signature says nothing of inputs',
  ],
  [
    'of tensors',
    inputs([{ name: 'image', type: 'tensor', 'tensor-spec': { dtype: 'float32', shape: [-1, 28, 28] } }]),
    'its signature is of tensors, whose positions have no names',
  ],
  ['of nothing', inputs([]), 'its signature names no columns'],
  ['of what cannot be a list', inputs({ a: 1 }), 'its file MLmodel cannot be read'],
  ['broken JSON', "signature:\n  inputs: '[{'\n", 'its file MLmodel cannot be read'],
  ['no YAML', 'a: [', 'its file MLmodel cannot be read'],
  ['many of itself', 'a: &a [1]\nb: [*a]\nsignature: {inputs: "[]"}', 'its file MLmodel cannot be read'],
  ['an empty file', '', 'its model was logged without a signature'],
  ['null in the list', inputs([null]), 'its signature names no columns'],
])('a signature %s', (_, text, none) => {
  expect(signatureOf(text)).toMatchObject({ columns: {}, none });
});
