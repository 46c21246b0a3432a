import { expect, test } from 'vitest';
import { KINDS } from '../../server/monitors/kinds/index.ts';
import { isTest, sources } from './sources.ts';

/** Where a word that is also the id of a kind means something else. A file or a folder, its words, and what they mean. */
const OTHERWISE: readonly [path: string, words: readonly string[], means: string][] = [
  ['contract/layer.ts', ['business'], 'a layer'],
  ['contract/check.ts', ['drift'], 'status of a column of the command check'],
  ['contract/distribution.ts', ['missing', 'invalid', 'range'], 'sorts of bins'],
  ['contract/monitor.ts', ['drift'], 'a sort of harm'],
  ['server/monitors/kind.ts', ['drift'], 'a sort of harm'],
  ['server/monitors/subject.ts', ['latency'], 'what a subject is made of'],
  ['server/monitors/judge/', ['latency'], 'what a subject is made of'],
  ['server/events/predictions/', ['missing', 'invalid'], 'operators of a search'],
  ['server/incidents/causes/new_category.ts', ['new_category'], 'id of a cause'],
  ['contract/cause-kinds.ts', ['new_category'], 'id of a cause'],
  ['server/profiles/', ['missing', 'invalid'], 'counts of a profile'],
  ['web/src/pages/fairness/FairnessPage.tsx', ['fairness'], 'a page'],
  ['web/src/pages/fleet/UnwatchedLayers.tsx', ['business'], 'a layer'],
  ['web/src/pages/model/', ['business'], 'a layer'],
  ['web/src/charts/', ['missing', 'invalid', 'range'], 'sorts of bins, and a stretch of time'],
  ['web/src/pages/column/ColumnTime.tsx', ['missing', 'invalid'], 'counts of a profile'],
  ['web/src/pages/model/DataLayer.tsx', ['range'], 'a stretch of time'],
  ['web/src/pages/predictions/', ['missing', 'invalid', 'range'], 'operators, bins, a stretch of time'],
  ['web/src/pages/timeline.ts', ['missing', 'invalid'], 'counts of a profile'],
];

const IDS = KINDS.map(({ id }) => id);
const LITERAL = new RegExp(`['"\`](${IDS.join('|')})['"\`]`, 'g');
/** The table itself, and what a released migration found. */
const TABLE = /^server\/(monitors\/kinds|store\/(ledger|lake)\/migrations)\//;

const product = ['server', 'web/src', 'contract']
  .flatMap((folder) => sources(folder, /\.tsx?$/))
  .filter(({ path }) => !isTest(path) && !TABLE.test(path));

const named = product.flatMap(({ path, text }) =>
  [...text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').matchAll(LITERAL)].map(([, id]) => ({
    path,
    id: id!,
  })),
);
const allowed = ({ path, id }: { path: string; id: string }) =>
  OTHERWISE.some(([where, words]) => path.startsWith(where) && words.includes(id));

test('kinds of monitor are named in their table alone: whoever needs to know something of one asks it', () => {
  expect(named.filter((one) => !allowed(one)).map(({ path, id }) => `${path}: ${id}`)).toEqual([]);
});

test('every exception is one still', () => {
  const unused = OTHERWISE.filter(
    ([where, words]) =>
      !words.every((word) => named.some(({ path, id }) => path.startsWith(where) && id === word)),
  );
  expect(unused).toEqual([]);
});

test('a metric gets worse in one direction, whichever kind has it', () => {
  const worse = Map.groupBy(
    KINDS.flatMap(({ metrics }) => metrics),
    ({ id }) => id,
  );
  const both = [...worse].filter(([, metrics]) => new Set(metrics.map((metric) => metric.worse)).size > 1);
  expect(both).toEqual([]);
});
