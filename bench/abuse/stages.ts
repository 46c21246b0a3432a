import { type Abuse, flood, type Target, unique } from './target.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** A line of 500 words of one letter, no two lines alike. */
const unlike = () =>
  `x ${Array.from({ length: 500 }, () => LETTERS[Math.floor(Math.random() * LETTERS.length)]).join(' ')}`;
/** Names within names: each is looked at again within the one before. */
const NESTED = 'a='.repeat(512);
/** Objects within objects, each with a name that makes the path to it longer. */
const deep = (levels: number): object =>
  levels === 0 ? {} : { ['n'.repeat(40)]: deep(levels - 1), b: 'x'.repeat(1000) };

const lines = (all: readonly object[]) => `${all.map((each) => JSON.stringify(each)).join('\n')}\n`;
const LINES = { 'content-type': 'application/x-ndjson' };

const records = (target: Target, message: () => string) => ({
  ...{ path: '/api/v1/stages', key: target.ingestKey, headers: LINES },
  body: lines(
    Array.from({ length: 200 }, () => ({
      ...{ model: 'told', stage: 'features', message: message() },
      attributes: Object.fromEntries(Array.from({ length: 64 }, (_, i) => [`a${i}`, unique()])),
    })),
  ),
});

/** What pipelines say of themselves, said to harm. */
export const STAGES: readonly Abuse[] = [
  {
    name: 'log lines that are slow to mask, 64 attributes each',
    run: (target) => flood(target, 4, () => records(target, () => NESTED)),
  },
  {
    name: 'log lines no two of which are alike, and what they have in common',
    async run(target) {
      const sent = flood(target, 2, () => records(target, unlike));
      // It has begun once.
      const asked = flood({ ...target, begun() {} }, 4, () => ({
        ...{ method: 'GET', path: '/api/v1/models/told/stages/patterns', key: target.readKey },
      }));
      const [to, from] = await Promise.all([sent, asked]);
      return new Map([...from, ...[...to].map(([status, n]): [string, number] => [`sent ${status}`, n])]);
    },
  },
  {
    name: 'bulk: 1,000 actions a request, documents deep, half of them refused',
    run: (target) =>
      flood(target, 4, () => ({
        ...{ path: '/api/v1/elasticsearch/_bulk', key: target.ingestKey, headers: LINES },
        body: lines(
          Array.from({ length: 1000 }, (_, i) => [
            { [i % 2 === 0 ? 'create' : 'update']: { _index: unique(), _id: unique() } },
            { model: 'told', stage: 'features', message: unique(), of: deep(12) },
          ]).flat(),
        ),
      })),
  },
];
