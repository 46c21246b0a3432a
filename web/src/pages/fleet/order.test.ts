import { expect, test } from 'vitest';
import type { LayerState, ModelSummary } from '../../api/types.ts';
import { byPain, connectedLayers, inOrder, matching } from './order.ts';

function model(id: string, change: Partial<ModelSummary> & { data?: LayerState } = {}): ModelSummary {
  const { data = 'ok', ...rest } = change;
  return {
    id,
    name: id,
    task: 'binary',
    owner: null,
    description: null,
    tags: [],
    versions: [],
    layers: { infrastructure: 'no_data', serving: 'ok', data, model: 'ok', business: 'no_data' },
    open_incidents: { P1: 0, P2: 0, P3: 0 },
    last_event: null,
    first_event: null,
    predictions: 0,
    counted: 0,
    labels: 0,
    traffic: [],
    quality: null,
    setup: null,
    quality_unknown: { reason: 'no_labels', sentence: 'No labels yet.' },
    ...rest,
  };
}
const ids = (models: readonly ModelSummary[]) => models.map(({ id }) => id);

test('incidents before states, P1 before many P3, failing before warning, then names', () => {
  const models = [
    model('fine-b'),
    model('fine-a'),
    model('warns', { data: 'warning' }),
    model('fails', { data: 'failing' }),
    model('p3s', { open_incidents: { P1: 0, P2: 0, P3: 9 } }),
    model('p1', { open_incidents: { P1: 1, P2: 0, P3: 0 } }),
  ];
  expect(ids(byPain(models))).toEqual(['p1', 'p3s', 'fails', 'warns', 'fine-a', 'fine-b']);
});

test('matching: every word somewhere, the worst layer is the state', () => {
  const models = [
    model('credit-risk', { owner: 'risk@x', tags: ['eu'] }),
    model('churn', { data: 'failing' }),
  ];
  expect(ids(matching(models, { q: 'RISK eu' }))).toEqual(['credit-risk']);
  expect(ids(matching(models, { state: 'failing' }))).toEqual(['churn']);
  expect(ids(matching(models, { state: 'ok' }))).toEqual(['credit-risk']);
  expect(ids(matching(models, { owner: 'nobody' }))).toEqual([]);
  expect(ids(matching(models, {}))).toHaveLength(2);
});

test('heads sort: names, states the worst first, quality with the unknown last', () => {
  const quality = (value: number) => ({
    metric: 'mae',
    value,
    low: null,
    high: null,
    n: 1,
    estimated: false,
    time: '',
    window_ms: 3_600_000,
    baseline: null,
    points: [],
    note: null,
  });
  const models = [
    model('b', { quality: quality(2) }),
    model('a', { data: 'failing' }),
    model('c', { quality: quality(3), data: 'warning' }),
  ];
  expect(ids(inOrder(models, undefined))).toEqual(['a', 'c', 'b']);
  expect(ids(inOrder(models, { by: 'model', way: 'asc' }))).toEqual(['a', 'b', 'c']);
  expect(ids(inOrder(models, { by: 'data', way: 'desc' }))).toEqual(['a', 'c', 'b']);
  expect(ids(inOrder(models, { by: 'quality', way: 'desc' }))).toEqual(['c', 'b', 'a']);
});

test('a layer that no model reports to has no column', () => {
  expect(connectedLayers([model('a')])).toEqual(['serving', 'data', 'model']);
});
