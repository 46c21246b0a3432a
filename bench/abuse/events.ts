import { type Abuse, flood, predictions, type Target, unique } from './target.ts';

type Event = Record<string, unknown>;

/** Valid or nearly valid events, made anew for each request. */
function events(name: string, rows: number, make: (i: number) => Event, path?: string): Abuse {
  const body = () => Array.from({ length: rows }, (_, i) => JSON.stringify(make(i))).join('\n');
  return {
    name,
    run: (target: Target) =>
      flood(target, 4, () => ({ ...predictions(target, body()), ...(path === undefined ? {} : { path }) })),
  };
}

const features = (count: number, entry: (i: number) => [string, unknown]) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => entry(i)));

const YEARS_MS = 25 * 365.25 * 86_400_000;
const HOSTILE = [
  'a.null',
  'a.size0',
  'answers',
  'toString',
  'x y',
  '__proto__',
  "'",
  '`',
  ';--',
  '{{7*7}}',
  'a,b',
  '名前',
  '%',
  '\\',
];

/** What may be sent, sent to harm. */
export const EVENTS: readonly Abuse[] = [
  events('1,000 new features an event', 5, () => ({
    model: 'wide',
    features: features(1000, (i) => [`f_${unique()}_${i}`, i]),
  })),
  events('hostile feature names', 50, (i) => ({
    model: 'hostile',
    features: { [`${HOSTILE[i % HOSTILE.length]}`]: i, [`${HOSTILE[i % HOSTILE.length]}_${i % 40}`]: 'x' },
  })),
  events('a new model an event', 20, () => ({ model: `m-${unique()}`, prediction: 1 })),
  events('new ids without end', 2000, () => ({ model: 'ids', id: unique(), prediction: 1 })),
  events('the same ids again and again', 2000, (i) => ({ model: 'ids', id: `same-${i}`, prediction: 1 })),
  events('texts that are all different', 20, () => ({
    model: 'texts',
    features: features(10, (i) => [`t${i}`, unique().repeat(500)]),
  })),
  events('times over 25 years', 500, () => ({
    model: 'times',
    time: Math.round(Date.now() - Math.random() * YEARS_MS),
    prediction: 1,
  })),
  events('a new version an event', 500, () => ({ model: 'versions', version: unique(), prediction: 1 })),
  events('tags, probabilities and attributions by the thousand', 5, () => ({
    model: 'maps',
    prediction: 1,
    tags: features(1000, (i) => [`t${i}`, unique()]),
    probabilities: features(1000, (i) => [`p${i}`, 0.001]),
    attributions: features(1000, (i) => [`a${i}`, 1]),
  })),
  events(
    'labels of models that there are not',
    1000,
    () => ({ model: `no-${unique()}`, id: unique(), label: 1 }),
    '/api/v1/labels',
  ),
  {
    name: 'one event a request, each with an Idempotency-Key',
    run: (target) =>
      flood(target, 16, () =>
        predictions(target, '{"model":"keyed","prediction":1}', { 'idempotency-key': unique() }),
      ),
  },
];
