import { expect, test } from 'vitest';
import type { Model } from '../../api/types.ts';
import { layerOrder } from './layers.ts';

const calm: Model['layers'] = {
  infrastructure: 'no_data',
  serving: 'ok',
  data: 'ok',
  model: 'not_enough_data',
  business: 'no_data',
};

test.each<[string, Partial<Model['layers']>, string[]]>([
  ['nothing is wrong', {}, ['model', 'data', 'serving', 'business']],
  ['serving fails', { serving: 'failing' }, ['serving', 'model', 'data', 'business']],
  [
    'data warns, serving fails',
    { data: 'warning', serving: 'failing' },
    ['serving', 'data', 'model', 'business'],
  ],
  ['both fail', { data: 'failing', serving: 'failing' }, ['data', 'serving', 'model', 'business']],
])('%s', (_name, change, order) => {
  expect(layerOrder({ ...calm, ...change })).toEqual(order);
});
