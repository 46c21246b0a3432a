import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScrapeTarget, ScrapeTargets } from '../../../contract/scrape.ts';
import { startTestApp, type TestApp } from '../../../test/app.ts';
import { until } from '../../../test/until.ts';
import type { AppOptions } from '../../app/options.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;
export type JobOf = Readonly<Record<string, unknown>>;

/** A page as exporters answer it. */
export const page =
  (text: string, type = 'text/plain; version=0.0.4'): Answer =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': type }).end(text);

export const scraped = ({ state }: ScrapeTarget): boolean => state !== 'new';

/** A Tiltmeter that scrapes what a file says, and a server that tells what a test puts at its paths. */
export async function startScraping(options: Partial<AppOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'tiltmeter-scrape-'));
  const file = join(folder, 'scrape.yaml');
  const pages = new Map<string, Answer>();
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    const answer = pages.get(request.url!.split('?')[0]!);
    if (answer !== undefined) return answer(request, response);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  await writeFile(file, 'scrape_configs: []');
  const tilt = await startTestApp({ scrapeFile: file, scrapePrivateAddresses: true, ...options });
  let version = 0;

  const list = async ({ json }: Pick<TestApp, 'json'> = tilt): Promise<ScrapeTargets> =>
    (await json('GET', '/api/v1/scrape-targets')).body;

  /** The newest value of every series of a job, by metric and labels. */
  const seriesOf = (name: string) =>
    tilt.app.ctx.lake.query<Record<string, unknown>>(
      `SELECT any(k.MetricName) AS metric, any(k.Attributes) AS labels, toString(argMax(s.Value, s.TimeUnix)) AS last, argMax(s.Flags, s.TimeUnix) AS ended
       FROM tiltmeter.metric_samples AS s INNER JOIN (SELECT DISTINCT Series, MetricName, Attributes FROM tiltmeter.metric_series WHERE ServiceName = {name:String}) AS k
       ON s.Series = k.Series GROUP BY s.Series ORDER BY metric, toString(labels)`,
      { name },
    );

  return {
    ...{ tilt, folder, file, pages, asked, address, list, seriesOf },
    /** A job for the path of its name. */
    job: (name: string, more: JobOf = {}, labels: JobOf = {}): JobOf => ({
      ...{ job_name: name, scrape_interval: '1s', metrics_path: `/${name}` },
      static_configs: [{ targets: [address], labels }],
      ...more,
    }),
    /** The file from now on: of another length each time, for two may be of the same millisecond. */
    configure: (...jobs: JobOf[]) =>
      writeFile(file, `${JSON.stringify({ scrape_configs: jobs })}${' '.repeat(++version)}`),
    /** Looks until the target of a job is as wanted. */
    async targetOf(name: string, holds: (target: ScrapeTarget) => unknown, of = tilt): Promise<ScrapeTarget> {
      let found: ScrapeTarget | undefined;
      await until(async () => {
        await of.app.runJob('scrape');
        found = (await list(of)).items.find(({ job }) => job === name);
        return found !== undefined && holds(found);
      });
      return found!;
    },
    lastOf: async (name: string, metric: string) =>
      (await seriesOf(name)).filter((series) => series.metric === metric),
    async stop(): Promise<void> {
      await tilt.stop();
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
