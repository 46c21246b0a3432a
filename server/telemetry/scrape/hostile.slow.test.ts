import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../../test/until.ts';
import { type Answer, type JobOf, page, scraped, startScraping } from './scrape.testing.ts';

const endless: Answer = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/plain' });
  const line = Buffer.alloc(65_536, 'metric_of_no_end{label="value"} 1\n');
  const more = () => {
    while (!response.destroyed && response.write(line));
  };
  response.on('drain', more);
  more();
};
const drip: Answer = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/plain' });
  const timer = setInterval(() => response.write('drop 1\n'), 20);
  response.on('close', () => clearInterval(timer));
};
const packed =
  (body: Buffer): Answer =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' }).end(body);

type Bad = [name: string, answer: Answer, code: string, message: RegExp, more?: JobOf];
const BAD: readonly Bad[] = [
  ['endless', endless, 'scrape_too_large', /more than 16777216 bytes/, { scrape_interval: '5s' }],
  ['drip', drip, 'scrape_timeout', /did not answer whole within 1 s/],
  ['hangs', () => {}, 'scrape_timeout', /did not answer whole within 1 s/],
  [
    'bomb',
    packed(gzipSync(Buffer.alloc(200 * 1024 ** 2))),
    'scrape_too_large',
    /more than/,
    { scrape_interval: '5s' },
  ],
  ['broken', packed(Buffer.from('no gzip at all')), 'scrape_not_metrics', /cannot be unpacked/],
  ['cut', packed(gzipSync('a 1\n').subarray(0, 15)), 'scrape_not_metrics', /cannot be unpacked/],
  ['html', page('<!doctype html>', 'text/html'), 'scrape_not_metrics', /answers with text\/html/],
  ['protobuf', page('a', 'application/vnd.google.protobuf'), 'scrape_not_metrics', /vnd.google.protobuf/],
  [
    'elsewhere',
    (_, response) => void response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
    'scrape_refused',
    /answers 302 and points to http:\/\/169.254.169.254\/latest; redirects are not followed/,
  ],
  ['breaks', (request) => void request.socket.destroy(), 'scrape_unreachable', /broke the connection off/],
  [
    'many',
    page(Array.from({ length: 200_000 }, (_, i) => `m{i="${i}"} 1`).join('\n')),
    'scrape_too_many_samples',
    /tells 200000 samples; it may tell 50000/,
    { scrape_interval: '5s' },
  ],
  [
    'few',
    page('a 1\nb 2\nc 3\n'),
    'scrape_too_many_samples',
    /tells 3 samples; it may tell 2/,
    { sample_limit: 2 },
  ],
  ['status', (_, response) => void response.writeHead(500).end('oops'), 'scrape_refused', /answers 500/],
  [
    'not-http',
    (request) => void request.socket.end('hello\r\n\r\n'),
    'scrape_unreachable',
    /does not speak HTTP/,
  ],
];

let world: Awaited<ReturnType<typeof startScraping>>;
/** All of them at once, and a good one beside them. */
beforeAll(async () => {
  world = await startScraping();
  const { pages, job, configure, tilt, list } = world;
  pages.set('/good', page('a 1\n'));
  for (const [name, answer] of BAD) pages.set(`/${name}`, answer);
  await configure(job('good'), ...BAD.map(([name, , , , more]) => job(name, more)));
  await until(async () => {
    await tilt.app.runJob('scrape');
    const { items } = await list();
    return items.length > BAD.length && items.every(scraped);
  });
});
afterAll(() => world.stop());

test.each(BAD)(
  'a target that is bad (%s) is down with a code, and nothing of it is stored',
  async (name, _, code, message) => {
    const { list, lastOf, seriesOf } = world;
    const { state, error, last } = (await list()).items.find(({ job }) => job === name)!;
    expect({ state, code: error?.code }).toEqual({ state: 'down', code });
    expect(error?.message).toMatch(message);
    expect(error?.hint).not.toBe('');
    expect(last).not.toBeNull();
    expect(await lastOf(name, 'up')).toMatchObject([{ last: '0' }]);
    const own = (await seriesOf(name)).filter(({ metric }) => !/^(up|scrape_.*)$/.test(String(metric)));
    expect(own).toEqual([]);
  },
);

test('their neighbour is scraped all the while', async () => {
  const { targetOf, lastOf } = world;
  expect(await targetOf('good', scraped)).toMatchObject({ state: 'up', error: null });
  expect(await lastOf('good', 'a')).toMatchObject([{ last: '1', ended: 0 }]);
});
