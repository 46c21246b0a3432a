import type { ConfigProblem, ScrapeJob } from '../read-config.ts';
import { type Target, targetsOf } from '../target.ts';
import { DnsSource, type Names } from './dns-source.ts';
import { FileSource } from './file-source.ts';
import type { Source } from './source.ts';

/** Targets in all. */
const MOST_TARGETS = 2000;

/** What was found. */
export interface Discovered {
  readonly targets: readonly Target[];
  readonly problems: readonly ConfigProblem[];
}

/** The targets of jobs, wherever each says that they are found. */
export class Discovery {
  readonly #names: Names;
  /** By the job and what it says of them: they keep what they found while the rest of the file changes. */
  #sources = new Map<string, Source>();
  /** Those that look now: a name server that does not answer holds up no look at the others. */
  readonly #looking = new Map<Source, Promise<void>>();

  constructor(names: Names) {
    this.#names = names;
  }

  /** The targets as they are known now; files are looked at before, names go on being looked up. `now` by the monotonic clock. */
  async find(jobs: readonly ScrapeJob[], now: number): Promise<Discovered> {
    const sources = new Map<string, Source>();
    const of = new Map<ScrapeJob, Source[]>();
    for (const job of jobs) {
      const own: Source[] = [];
      const add = (config: object, make: () => Source) => {
        const key = JSON.stringify([job.job_name, config]);
        const source = sources.get(key) ?? this.#sources.get(key) ?? make();
        sources.set(key, source);
        own.push(source);
      };
      for (const config of job.file_sd_configs) add(config, () => new FileSource(config));
      for (const config of job.dns_sd_configs) add(config, () => new DnsSource(config, this.#names));
      of.set(job, own);
    }
    this.#sources = sources;
    await Promise.all([...sources.values()].map((source) => this.#refresh(source, now)));
    return discovered(jobs, of);
  }

  async #refresh(source: Source, now: number): Promise<void> {
    if (!this.#looking.has(source)) {
      const looking = source.refresh(now).finally(() => this.#looking.delete(source));
      this.#looking.set(source, looking);
    }
    if (source instanceof FileSource) await this.#looking.get(source);
  }
}

function discovered(jobs: readonly ScrapeJob[], of: ReadonlyMap<ScrapeJob, readonly Source[]>): Discovered {
  const targets: Target[] = [];
  const problems: ConfigProblem[] = [];
  for (const job of jobs) {
    const { job_name: name } = job;
    const sources = of.get(job) ?? [];
    const found = targetsOf(job, [...job.static_configs, ...sources.flatMap(({ groups }) => groups)]);
    targets.push(...found.targets);
    const unread = sources.flatMap(({ problem }) => problem ?? []);
    for (const message of unread) problems.push({ job: name, message });
    const [wrong] = found.wrong;
    if (wrong !== undefined)
      problems.push({
        job: name,
        message: `${JSON.stringify(wrong.slice(0, 80))} cannot be asked; ${found.wrong.length} like it are left out`,
      });
    // Nothing would tell that a list of targets was emptied by mistake: none of them is down.
    else if (found.targets.length === 0 && unread.length === 0)
      problems.push({ job: name, message: 'it has no target: where they are found names none' });
  }
  if (targets.length > MOST_TARGETS)
    problems.push({
      job: '',
      message: `there are ${targets.length} targets; the first ${MOST_TARGETS} are scraped, the others are not`,
    });
  return { targets: targets.slice(0, MOST_TARGETS), problems };
}
