import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScrapeTarget } from '../../../contract/scrape.ts';
import { until } from '../../../test/until.ts';
import { type Answer, type JobOf, scraped, startScraping } from './scrape.testing.ts';

const answer =
  (status: number, text: string): Answer =>
  (_, response) =>
    void response.writeHead(status, 'Said').end(text);

let world: Awaited<ReturnType<typeof startScraping>>;
let targets: readonly ScrapeTarget[];
/** Probes of all kinds, once each was made. */
beforeAll(async () => {
  world = await startScraping();
  const { pages, address, file, tilt, list } = world;
  pages.set('/well', answer(200, '{"status":"SERVING"}'));
  pages.set('/fails', answer(503, 'no'));
  pages.set('/teapot', answer(418, ''));
  pages.set('/moved', (_, response) => void response.writeHead(302, { location: '/well' }).end());
  pages.set('/hangs', () => {});
  const probe = (name: string, path: string, more: JobOf = {}) => ({
    ...{ job_name: name, scrape_interval: '1s', ...more },
    static_configs: [{ targets: [`http://${address}${path}`], labels: { tiltmeter_model: 'churn' } }],
  });
  const probe_configs = [
    probe('well', '/well?key=secret', { body_contains: '"SERVING"' }),
    probe('head', '/well', { method: 'HEAD' }),
    probe('other-text', '/well', { body_contains: 'NOT_SERVING' }),
    probe('fails', '/fails'),
    probe('teapot', '/teapot', { valid_status_codes: [418] }),
    probe('moved', '/moved'),
    probe('hangs', '/hangs'),
    probe('path', '/well', { metrics_path: '/x' }),
    { job_name: 'gone', scrape_interval: '1s', static_configs: [{ targets: ['http://127.0.0.1:1/'] }] },
    { job_name: 'no-address', static_configs: [{ targets: ['ftp://a/', 'http://me:secret@a/'] }] },
  ];
  await writeFile(file, JSON.stringify({ probe_configs }));
  await until(async () => {
    await tilt.app.runJob('scrape');
    targets = (await list()).items;
    return targets.length === 8 && targets.every(scraped);
  });
});
afterAll(() => world.stop());

test.each([
  ['well', 'up', '1', '200', undefined],
  ['head', 'up', '1', '200', undefined],
  ['teapot', 'up', '1', '418', undefined],
  ['other-text', 'down', '0', '200', 'its answer does not contain "NOT_SERVING"'],
  ['fails', 'down', '0', '503', 'it answers 503 Said, not 2xx'],
  ['moved', 'down', '0', '302', 'it answers 302 Found, not 2xx'],
  ['hangs', 'down', '0', '0', 'it did not answer whole within 1 s'],
  ['gone', 'down', '0', '0', 'nothing listens there (ECONNREFUSED)'],
])('a probe (%s) is %s, and its series say so', async (name, state, success, status, message) => {
  const target = targets.find(({ job }) => job === name)!;
  expect({ state: target.state, message: target.error?.message }).toEqual({ state, message });
  expect(target.url).not.toContain('secret');
  const series = await world.seriesOf(name);
  expect(series.map(({ metric, last, ended }) => [metric, last, ended])).toEqual([
    ['probe_duration_seconds', expect.stringMatching(/^\d/), 0],
    ['probe_http_status_code', status, 0],
    ['probe_success', success, 0],
  ]);
});

test('what a probe cannot have, and what is no address, is told', async () => {
  const { file } = await world.list();
  expect(file!.problems).toEqual([
    { job: 'path', message: expect.stringContaining('metrics_path') },
    {
      job: 'no-address',
      message: expect.stringMatching(/"ftp:\/\/a\/" cannot be asked; 2 like it are left out/),
    },
  ]);
  expect(world.asked.some(({ method, url }) => method === 'HEAD' && url === '/well')).toBe(true);
});

test('an address that is probed no more has series that end', async () => {
  const { tilt, file, lastOf } = world;
  await writeFile(file, '{}');
  await until(async () => {
    await tilt.app.runJob('scrape');
    return (await lastOf('well', 'probe_success'))[0]?.ended === 1;
  });
});
