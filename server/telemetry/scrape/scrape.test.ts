import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScrapeTarget } from '../../../contract/scrape.ts';
import { startTestApp } from '../../../test/app.ts';
import { until } from '../../../test/until.ts';
import { page, scraped, startScraping } from './scrape.testing.ts';
import { silentJobs } from './silent-jobs.ts';

let world: Awaited<ReturnType<typeof startScraping>>;
beforeAll(async () => {
  world = await startScraping();
});
afterAll(() => world.stop());

test('a target is scraped: its series with its labels, and what is told of the scrape', async () => {
  const { pages, asked, address, seriesOf, job, configure, targetOf } = world;
  pages.set(
    '/plain',
    page('# TYPE requests counter\nrequests{path="/a",instance="own"} 3\ntemperature 21.5 \n'),
  );
  await configure(job('plain', { params: { module: ['x y'] } }, { zone: 'b', tiltmeter_model: 'churn' }));
  const { state, last, error, labels, url } = await targetOf('plain', scraped);
  expect({ state, error, labels }).toEqual({
    ...{ state: 'up', error: null },
    labels: { job: 'plain', instance: address, zone: 'b', tiltmeter_model: 'churn' },
  });
  expect(last).toMatchObject({ samples: 2, refused: 0 });
  expect(url).toBe(`http://${address}/plain`);
  const own = { zone: 'b', tiltmeter_model: 'churn' };
  const told = await seriesOf('plain');
  expect(told.filter(({ metric }) => metric !== 'scrape_duration_seconds')).toEqual([
    { metric: 'requests', labels: { path: '/a', exported_instance: 'own', ...own }, last: '3', ended: 0 },
    { metric: 'scrape_samples_post_metric_relabeling', labels: own, last: '2', ended: 0 },
    { metric: 'scrape_samples_scraped', labels: own, last: '2', ended: 0 },
    { metric: 'scrape_series_added', labels: own, last: expect.any(String), ended: 0 },
    { metric: 'temperature', labels: own, last: '21.5', ended: 0 },
    { metric: 'up', labels: own, last: '1', ended: 0 },
  ]);
  const request = asked.find(({ url }) => url?.startsWith('/plain'))!;
  expect(request.url).toBe('/plain?module=x+y');
  expect(request.headers).toMatchObject({
    accept: expect.stringContaining('application/openmetrics-text'),
    'x-prometheus-scrape-timeout-seconds': '1',
    'user-agent': 'tiltmeter',
  });
});

test('a series that is told no more ends, all end when the target fails, and its own when it goes', async () => {
  const { tilt, pages, list, job, configure, targetOf, lastOf } = world;
  pages.set('/ends', page('a 1\nb 1\n'));
  await configure(job('ends'));
  await targetOf('ends', ({ state }) => state === 'up');
  pages.set('/ends', page('a 2\n'));
  await until(async () => {
    await tilt.app.runJob('scrape');
    return (await lastOf('ends', 'b'))[0]?.ended === 1;
  });
  expect((await lastOf('ends', 'a'))[0]).toMatchObject({ ended: 0 });
  pages.delete('/ends');
  const down = await targetOf('ends', ({ state }) => state === 'down');
  expect(down.error).toMatchObject({ code: 'scrape_refused', message: 'it answers 404 Not Found' });
  expect(await lastOf('ends', 'a')).toMatchObject([{ ended: 1 }]);
  expect(await lastOf('ends', 'up')).toMatchObject([{ last: '0', ended: 0 }]);
  await configure();
  await until(async () => {
    await tilt.app.runJob('scrape');
    return (await lastOf('ends', 'up'))[0]?.ended === 1;
  });
  expect((await list()).items).toEqual([]);
});

test('with honor_labels the labels of the series count; times of their own are taken, unless told not to be', async () => {
  const { tilt, pages, job, configure, targetOf } = world;
  const at = Date.now() - 60_000;
  pages.set('/own', page(`m{job="theirs",instance=""} 1 ${at}\n`));
  pages.set('/ours', page(`m 1 ${at}\n`));
  await configure(job('own', { honor_labels: true }), job('ours', { honor_timestamps: false }));
  await targetOf('own', scraped);
  await targetOf('ours', scraped);
  const times = (service: string) =>
    tilt.app.ctx.lake.query<Record<string, unknown>>(
      `SELECT DISTINCT toUnixTimestamp64Milli(TimeUnix) = ${at} AS own FROM tiltmeter.metric_samples WHERE Series IN
         (SELECT Series FROM tiltmeter.metric_series WHERE ServiceName = '${service}' AND MetricName = 'm')`,
    );
  expect(await times('theirs')).toEqual([{ own: 1 }]);
  expect(await times('ours')).toEqual([{ own: 0 }]);
});

test('lines that are bad are refused with their number, and never their neighbours', async () => {
  const { pages, job, configure, targetOf, lastOf } = world;
  pages.set('/mixed', page('good 1\nbad one\ngood 2\nalso_good 3\n'));
  pages.set('/nothing', page('no\nmetrics\n'));
  pages.set('/empty', page('# nothing yet\n'));
  await configure(job('mixed'), job('nothing'), job('empty'));
  const { state, last, error } = await targetOf('mixed', scraped);
  expect({ state, last }).toMatchObject({ state: 'partial', last: { samples: 4, refused: 2 } });
  expect(error).toMatchObject({
    code: 'invalid_telemetry',
    message: '2 samples not stored: line 2: "one" is no number',
  });
  expect(await lastOf('mixed', 'also_good')).toMatchObject([{ last: '3' }]);
  expect(await lastOf('mixed', 'good')).toMatchObject([{ last: '1' }]);
  expect(await lastOf('mixed', 'up')).toMatchObject([{ last: '1' }]);
  expect(await targetOf('nothing', scraped)).toMatchObject({
    state: 'down',
    error: { code: 'scrape_not_metrics', message: expect.stringContaining('line 1: a series has no value') },
  });
  expect(await targetOf('empty', scraped)).toMatchObject({ state: 'up', last: { samples: 0 } });
});

test('who asks is said by a token of a file, which is read each time', async () => {
  const { folder, pages, list, job, configure, targetOf } = world;
  const token = join(folder, 'token');
  await writeFile(token, 'first\n');
  pages.set('/secret', (request, response) => {
    const good = request.headers.authorization === 'Bearer second';
    response.writeHead(good ? 200 : 401, { 'content-type': 'text/plain' }).end('a 1\n');
  });
  await configure(job('secret', { authorization: { credentials_file: token } }));
  expect((await targetOf('secret', scraped)).error).toMatchObject({ code: 'scrape_refused' });
  await writeFile(token, 'second\n');
  await targetOf('secret', ({ state }) => state === 'up');
  await rm(token);
  const { error } = await targetOf('secret', ({ state }) => state === 'down');
  expect(error).toMatchObject({ code: 'scrape_config_invalid', message: expect.stringContaining('ENOENT') });
  expect(JSON.stringify(await list())).not.toContain('second');
});

test('a job that is not understood is told, and the others run; a file that is broken leaves what was', async () => {
  const { tilt, file, pages, list, job, configure, targetOf } = world;
  pages.set('/good', page('a 1\n'));
  await configure(job('good'), job('relabelled', { relabel_configs: [] }), job('twice'), job('twice'));
  await targetOf('good', scraped);
  expect((await list()).file!.problems).toEqual([
    { job: 'relabelled', message: expect.stringContaining('relabel_configs') },
    { job: 'twice', message: 'another job has this job_name' },
  ]);
  await writeFile(file, 'scrape_configs: [');
  await tilt.app.runJob('scrape');
  const { file: told, items } = await list();
  expect(told!.problems[0]).toMatchObject({ job: '', message: expect.any(String) });
  expect(items.map(({ job }: ScrapeTarget) => job)).toEqual(['good', 'twice']);
});

test('without leave no private address is asked', async () => {
  const { file, asked, job, configure, targetOf } = world;
  const strict = await startTestApp({ scrapeFile: file });
  try {
    await configure(job('good'));
    const before = asked.length;
    const found = await targetOf('good', scraped, strict);
    expect(found).toMatchObject({ state: 'down', error: { code: 'private_address' } });
    expect(asked.length).toBe(before);
  } finally {
    await strict.stop();
  }
});

test('viewers may read what is scraped, strangers and keys of some models may not', async () => {
  const { tilt } = world;
  const key = async (more: object) => {
    const reply = await tilt.json('POST', '/api/v1/keys', { name: 'k', scopes: ['read'], ...more });
    return reply.body.key as string;
  };
  const get = async (secret: string | null) =>
    (await tilt.json('GET', '/api/v1/scrape-targets', undefined, secret)).status;
  expect(await get(await key({}))).toBe(200);
  expect(await get(null)).toBe(401);
});

test('what does not answer and belongs to no model is told, a job at a time; of a model that is its monitors to tell', async () => {
  const { tilt, pages, job, configure, targetOf } = world;
  await tilt.json('POST', '/api/v1/predictions', { model: 'churn', id: 'silent', prediction: 1 });
  pages.set('/answers', page('a 1\n'));
  const own = job('owned', {}, { tiltmeter_model: 'churn' });
  await configure(job('silent'), own, job('answers'));
  await targetOf('silent', ({ state }) => state === 'down');
  await targetOf('owned', ({ state }) => state === 'down');
  await targetOf('answers', ({ state }) => state === 'up');
  expect(await silentJobs(tilt.app.ctx)).toEqual([
    {
      ...{ job: 'silent', silent: 1, targets: 1, since: expect.any(Number) },
      why: expect.stringMatching(/\/silent: .*404/),
    },
  ]);
  pages.set('/silent', page('a 1\n'));
  await targetOf('silent', ({ state }) => state === 'up');
  expect(await silentJobs(tilt.app.ctx)).toEqual([]);
});
