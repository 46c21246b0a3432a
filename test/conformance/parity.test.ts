import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { METRICS } from '../../docs/generate/metrics.ts';
import { CHANNELS } from '../../server/actions/channels/index.ts';
import { HYPOTHESES } from '../../server/incidents/causes/index.ts';
import { KINDS } from '../../server/monitors/kinds/index.ts';
import { COMPARISONS } from '../../stats/comparisons/index.ts';
import { ROOT } from './sources.ts';

/** File names of a set: `new_category.ts` and `new-category.ts` are the kind `new_category`. */
function kinds(folder: string, ending: RegExp): string[] {
  const path = join(ROOT, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => ending.test(name) && !/^(index|kind|cause|channel)\b/.test(name))
    .map((name) => name.replace(ending, '').replaceAll('-', '_'))
    .sort();
}

const CODE = /(?<!\.test)\.ts$/;
const TEST = /\.test\.ts$/;
const PAGE = /\.md$/;

/** Open-ended sets: one file, one test and one page for each member, of the same name. */
const SETS: readonly {
  readonly set: string;
  readonly folder: string;
  readonly docs: string;
  readonly listed: readonly string[];
  readonly beside?: readonly string[];
}[] = [
  {
    set: 'monitor kinds',
    folder: 'server/monitors/kinds',
    docs: 'docs/monitors',
    listed: KINDS.map(({ id }) => id),
  },
  {
    set: 'statistical comparisons',
    folder: 'stats/comparisons',
    docs: 'docs/stats',
    listed: COMPARISONS.map(({ id }) => id),
    // the other statistics of the library have their pages there too
    beside: METRICS.map(({ id }) => id),
  },
  {
    set: 'causes',
    folder: 'server/incidents/causes',
    docs: 'docs/causes',
    listed: HYPOTHESES.map(({ kind }) => kind),
  },
  {
    set: 'channels',
    folder: 'server/actions/channels',
    docs: 'docs/channels',
    listed: Object.keys(CHANNELS),
  },
];

describe.each(SETS)('$set', ({ folder, docs, listed, beside = [] }) => {
  const members = kinds(folder, CODE);

  test('the contract lists exactly those that exist', () => {
    expect(members).toEqual([...listed].sort());
  });

  test('each has its test', () => {
    expect(kinds(folder, TEST)).toEqual(expect.arrayContaining(members));
  });

  test('each has its page, and each page its kind', () => {
    const pages = kinds(docs, PAGE).filter((name) => !/^(README|peers)$/.test(name));
    expect(pages).toEqual([...members, ...beside].sort());
  });
});
