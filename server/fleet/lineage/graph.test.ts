import { expect, test } from 'vitest';
import type { NamedOf } from '../../models/lineage.ts';
import { graphOf } from './graph.ts';

const bureau = { name: 'bureau', kind: 'feature_store' as const };
const named: NamedOf = new Map([
  ['risk', { upstream: ['income'], sources: [{ ...bureau, columns: ['debt'] }] }],
  ['limits', { upstream: ['risk'], sources: [bureau] }],
  ['a', { upstream: ['b'], sources: [] }],
  ['b', { upstream: ['a'], sources: [] }],
]);
const incident = { id: 'i', priority: 'P2' as const, title: 'debt moved' };
const known = new Map([
  ['risk', { name: 'Credit risk', incident }],
  ['limits', { name: 'Limits', incident: null }],
  ['alone', { name: 'Alone', incident: null }],
]);

test('models and sources, each once, with what comes from where', () => {
  const { nodes, edges } = graphOf(named, known);
  expect(nodes.map(({ name, model }) => [name, model])).toEqual([
    ['Credit risk', 'risk'],
    ['Limits', 'limits'],
    ['a', null],
    ['b', null],
    ['bureau', null],
    ['income', null],
  ]);
  expect(nodes[0]).toMatchObject({ kind: 'model', incident });
  expect(edges).toContainEqual({ from: 'source/bureau', to: 'model/risk', columns: ['debt'] });
  expect(edges).toContainEqual({ from: 'source/bureau', to: 'model/limits', columns: null });
  expect(edges).toHaveLength(6);
});

test('around a model: what is connected with it, in a circle too, and itself when nothing is', () => {
  const around = (model: string) => graphOf(named, known, model).nodes.map(({ id }) => id);
  expect(around('limits')).toEqual(['model/risk', 'model/limits', 'source/bureau', 'model/income']);
  expect(around('a')).toEqual(['model/a', 'model/b']);
  expect(around('alone')).toEqual(['model/alone']);
  // What else is made of the same is not what it depends on.
  expect(around('income')).toEqual(['model/risk', 'model/limits', 'model/income']);
});
