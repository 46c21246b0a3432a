import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { until } from '../../../../test/until.ts';
import { readConfig } from '../read-config.ts';
import { Discovery } from './discovery.ts';
import { startNameServer } from './dns.testing.ts';

const records = new Map<string, readonly string[]>();
let server: Awaited<ReturnType<typeof startNameServer>>;
let folder: string;
let now = 0;

beforeAll(async () => {
  server = await startNameServer(records);
  folder = await mkdtemp(join(tmpdir(), 'tiltmeter-discovery-'));
});
afterAll(async () => {
  server.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  now = 0;
});

const jobsOf = (job: object) => {
  const text = JSON.stringify({ scrape_configs: [{ job_name: 'a', ...job }] });
  const { jobs, problems } = readConfig(text, folder);
  expect(problems).toEqual([]);
  return jobs;
};

/** The addresses that are found, once as many seconds have gone by. */
async function found(discovery: Discovery, jobs: ReturnType<typeof jobsOf>, seconds = 60) {
  now += seconds * 1000;
  const { targets, problems } = await discovery.find(jobs, now);
  return { urls: targets.map(({ url }) => url.replace(/^http:\/\/|\/metrics$/g, '')), problems };
}

test('files, by name and by pattern: read again when they change; a broken one says what it said before', async () => {
  const discovery = new Discovery(server.names);
  const jobs = jobsOf({
    file_sd_configs: [{ files: ['targets.json', 'more-*.yml'], refresh_interval: '5m' }],
  });
  expect(await found(discovery, jobs)).toEqual({
    urls: [],
    problems: [{ job: 'a', message: `${folder}/targets.json cannot be read: ENOENT` }],
  });
  await writeFile(
    join(folder, 'targets.json'),
    '[{"targets":["a:1","b:2"],"labels":{"zone":"x","__meta_x":"y"}}]',
  );
  await writeFile(
    join(folder, 'more-1.yml'),
    '- targets: [c:3]\n  labels: {__metrics_path__: /own, __param_module: m}\n',
  );
  await writeFile(join(folder, 'other.yml'), '- targets: [d:4]\n');
  expect(await found(discovery, jobs)).toEqual({ urls: ['a:1', 'b:2', 'c:3/own?module=m'], problems: [] });
  const { targets } = await discovery.find(jobs, now);
  expect(Object.fromEntries(targets[0]!.labels)).toEqual({ job: 'a', instance: 'a:1', zone: 'x' });
  await writeFile(join(folder, 'targets.json'), '[{"targets":["a:1"');
  const broken = await found(discovery, jobs);
  expect(broken.urls).toEqual(['a:1', 'b:2', 'c:3/own?module=m']);
  expect(broken.problems).toEqual([{ job: 'a', message: expect.stringContaining('targets.json: ') }]);
  await writeFile(join(folder, 'targets.json'), '[{"targets":["e:5", "http://f:6/x"]}]');
  await rm(join(folder, 'more-1.yml'));
  expect(await found(discovery, jobs)).toEqual({
    urls: ['e:5'],
    problems: [{ job: 'a', message: '"http://f:6/x" cannot be asked; 1 like it are left out' }],
  });
});

test('a job of which no target is left says so: an emptied list would stop silently', async () => {
  const discovery = new Discovery(server.names);
  const jobs = jobsOf({ file_sd_configs: [{ files: ['emptied.json'], refresh_interval: '1m' }] });
  await writeFile(join(folder, 'emptied.json'), '[{"targets":["a:1"]}]');
  expect(await found(discovery, jobs)).toEqual({ urls: ['a:1'], problems: [] });
  await writeFile(join(folder, 'emptied.json'), '[]');
  expect(await found(discovery, jobs)).toEqual({
    urls: [],
    problems: [{ job: 'a', message: 'it has no target: where they are found names none' }],
  });
});

test('names: addresses with the port of the job, services with their own; what was found stays while nobody answers', async () => {
  records.set('A pods.ml', ['10.0.0.1', '10.0.0.2']);
  records.set('SRV _metrics.ml', ['one.ml:9100', 'two.ml:9101']);
  records.set('AAAA six.ml', ['fd00:0:0:0:0:0:0:1']);
  const discovery = new Discovery(server.names);
  const jobs = jobsOf({
    dns_sd_configs: [
      { names: ['pods.ml'], type: 'A', port: 8000 },
      { names: ['_metrics.ml'] },
      { names: ['six.ml'], type: 'AAAA', port: 80 },
    ],
  });
  const all = ['10.0.0.1:8000', '10.0.0.2:8000', 'one.ml:9100', 'two.ml:9101', '[fd00::1]'];
  await until(async () => (await found(discovery, jobs, 0)).urls.length === all.length);
  expect(await found(discovery, jobs, 0)).toEqual({ urls: all, problems: [] });
  // Within the time of a refresh nobody is asked again.
  records.delete('A pods.ml');
  expect((await found(discovery, jobs, 10)).urls).toEqual(all);
  await until(async () => (await found(discovery, jobs)).urls.length === 3);
  expect((await found(discovery, jobs)).problems).toEqual([
    { job: 'a', message: 'pods.ml (A): there is no such name' },
  ]);
  server.stop();
  await until(async () => (await found(discovery, jobs)).problems.length === 3);
  const { urls, problems } = await found(discovery, jobs);
  expect(urls).toEqual(all.slice(2));
  expect(problems[1]!.message).toMatch(/^_metrics.ml \(SRV\): .*what it said last goes on$/);
});

test('more targets than there may be are cut off, and told', async () => {
  const targets = Array.from({ length: 2100 }, (_, i) => `h:${i + 1}`);
  const { urls, problems } = await found(
    new Discovery(server.names),
    jobsOf({ static_configs: [{ targets }] }),
  );
  expect(urls.length).toBe(2000);
  expect(problems).toEqual([
    { job: '', message: 'there are 2100 targets; the first 2000 are scraped, the others are not' },
  ]);
});
