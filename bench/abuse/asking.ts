import { type Abuse, flood, type Target, unique } from './target.ts';

function asking(
  name: string,
  connections: number,
  path: () => string,
  keyOf: (target: Target) => string | undefined,
): Abuse {
  return {
    name,
    run: (target) =>
      flood(target, connections, () => {
        const key = keyOf(target);
        return { method: 'GET', path: path(), ...(key === undefined ? {} : { key }) };
      }),
  };
}

const reader = (target: Target) => target.readKey;
const nobody = () => undefined;

/** Questions that cost, and guesses. */
export const ASKING: readonly Abuse[] = [
  asking(
    'searches: any text, sorted, counted',
    4,
    () =>
      `/api/v1/models/bench/predictions?where=category_7:contains:${unique().slice(0, 2)}&sort=number_3:desc&total=true&limit=1000`,
    reader,
  ),
  asking('exports of 100,000 rows', 2, () => '/api/v1/models/bench/export/predictions', reader),
  asking(
    'metrics, status and lists',
    8,
    () =>
      ['/metrics', '/api/v1/status', '/api/v1/models?limit=1000', '/api/v1/storage'][
        Math.floor(Math.random() * 4)
      ]!,
    reader,
  ),
  {
    name: 'heartbeats of jobs that there are not',
    run: (target) =>
      flood(target, 16, () => ({
        path: `/api/v1/heartbeats/j-${unique()}?state=fail`,
        key: target.ingestKey,
      })),
  },
  asking('scrapes of /metrics, 64 at once', 64, () => '/metrics', reader),
  asking('the API document, by nobody', 16, () => '/api/v1/openapi.json', nobody),
  asking(
    'guessed keys',
    16,
    () => '/api/v1/models',
    () => `tm_${unique()}`,
  ),
  {
    name: 'sign-ins with guessed tokens and large bodies',
    run: (target) =>
      flood(target, 16, () => ({
        path: '/api/v1/session',
        headers: { 'content-type': 'application/json' },
        body: Math.random() < 0.5 ? `{"token":"${unique()}"}` : '['.repeat(4 * 1024 * 1024),
      })),
  },
];
