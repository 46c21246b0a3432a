import { resolve } from 'node:path';
import { parse } from 'yaml';

import { TiltmeterError } from '../../../contract/errors.ts';
import { GlobalFile, ProbeJobFile, ScrapeJobFile } from './config-schema.ts';
import { toldIssues } from './told-issues.ts';

/** A job as it is run. */
export interface ScrapeJob extends Omit<ScrapeJobFile, 'scrape_interval' | 'scrape_timeout'> {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** Where its targets are addresses that are probed, and tell no metrics. */
  readonly probe?: Probe;
}

/** What is asked, and expected. */
export interface Probe {
  readonly method: 'GET' | 'HEAD';
  /** Empty: any of 200 to 299. */
  readonly statuses: readonly number[];
  readonly contains: string | undefined;
}

/** Something of the file that is not used, and why. */
export interface ConfigProblem {
  /** The job; empty where it is the file. */
  readonly job: string;
  readonly message: string;
}

export interface ScrapeConfig {
  readonly jobs: readonly ScrapeJob[];
  readonly problems: readonly ConfigProblem[];
}

const KNOWN = ['global', 'scrape_configs', 'probe_configs'];
const MOST_JOBS = 500;

/**
 * The jobs of a file in YAML or JSON that lies in `folder`, in the form of Prometheus's own. A job that is not understood is left out and told among the problems; the others are
 * run. Errors: scrape_config_invalid where the file as a whole cannot be read.
 */
export function readConfig(text: string, folder: string): ScrapeConfig {
  const file = parsed(text);
  const global = GlobalFile.safeParse(file.global ?? {});
  if (!global.success) throw invalid(`global: ${toldIssues(global.error)}`);
  const list = [
    ...listOf(file, 'scrape_configs').map((one) => [one, ScrapeJobFile] as const),
    ...listOf(file, 'probe_configs').map((one) => [one, ProbedFile] as const),
  ];
  const unused = Object.keys(file).filter((key) => !KNOWN.includes(key));
  const problems: ConfigProblem[] = [];
  if (unused.length > 0)
    problems.push({
      job: '',
      message: `not used: ${unused.slice(0, 10).join(', ')} (${KNOWN.join(', ')} are)`,
    });
  const jobs = new Map<string, ScrapeJob>();
  for (const [i, [one, shape]] of list.entries()) {
    const name = typeof one?.job_name === 'string' ? one.job_name.slice(0, 128) : `number ${i + 1}`;
    const job = shape.safeParse(one);
    if (!job.success) problems.push({ job: name, message: toldIssues(job.error) });
    else if (jobs.has(name)) problems.push({ job: name, message: 'another job has this job_name' });
    else if (wrongAuth(job.data)) problems.push({ job: name, message: wrongAuth(job.data)! });
    else {
      const { scrape_interval, scrape_timeout, ...rest } = fromFolder(folder, job.data);
      const intervalMs = scrape_interval ?? global.data.scrape_interval;
      if (scrape_timeout !== undefined && scrape_timeout > intervalMs)
        problems.push({ job: name, message: 'scrape_timeout must not be longer than scrape_interval' });
      else
        jobs.set(name, {
          ...rest,
          intervalMs,
          timeoutMs: scrape_timeout ?? Math.min(global.data.scrape_timeout, intervalMs),
        });
    }
  }
  return { jobs: [...jobs.values()], problems };
}

/** A probe as the job that it is run as. */
const ProbedFile = ProbeJobFile.transform(({ method, valid_status_codes, body_contains, ...rest }) => ({
  ...ScrapeJobFile.parse({ job_name: rest.job_name }),
  ...rest,
  probe: { method, statuses: valid_status_codes, contains: body_contains } satisfies Probe,
}));

/** Errors: scrape_config_invalid. */
function listOf(
  file: Readonly<Record<string, unknown>>,
  key: string,
): readonly ({ readonly job_name?: unknown } | null)[] {
  const list = file[key] ?? [];
  if (Array.isArray(list) && list.length <= MOST_JOBS) return list;
  throw invalid(`${key} must be a list of at most ${MOST_JOBS} jobs`);
}

/** Errors: scrape_config_invalid. */
function parsed(text: string): Readonly<Record<string, unknown>> {
  let file: unknown;
  try {
    // Aliases that name each other make a text of a kilobyte a tree of gigabytes.
    file = parse(text, { maxAliasCount: 100 });
  } catch (error) {
    throw invalid((error as Error).message.split('\n')[0]!);
  }
  if (file === null || typeof file !== 'object' || Array.isArray(file))
    throw invalid('it must be YAML or JSON with scrape_configs at its top');
  return file as Record<string, unknown>;
}

function wrongAuth({ authorization, basic_auth, bearer_token_file }: ScrapeJobFile): string | undefined {
  const ways = [authorization, basic_auth, bearer_token_file].filter((way) => way !== undefined);
  if (ways.length > 1) return 'at most one of authorization, basic_auth and bearer_token_file may be there';
  return undefined;
}

/** Paths of files are seen from the folder of the file that names them, as Prometheus has it. */
function fromFolder<Job extends ScrapeJobFile>(folder: string, job: Job): Job {
  const at = (path: string | undefined) => (path === undefined ? undefined : resolve(folder, path));
  const { authorization: auth, basic_auth: basic, bearer_token_file, tls_config: tls } = job;
  return {
    ...job,
    authorization: auth && { ...auth, credentials_file: at(auth.credentials_file) },
    basic_auth: basic && { ...basic, password_file: at(basic.password_file) },
    bearer_token_file: at(bearer_token_file),
    tls_config: { ...tls, ca_file: at(tls.ca_file) },
    file_sd_configs: job.file_sd_configs.map(({ files }) => ({
      files: files.map((path) => resolve(folder, path)),
    })),
  };
}

const invalid = (message: string): TiltmeterError => new TiltmeterError('scrape_config_invalid', message);
