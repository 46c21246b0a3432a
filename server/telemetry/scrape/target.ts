import { createHash } from 'node:crypto';
import type { TargetGroup } from './config-schema.ts';
import type { Probe, ScrapeJob } from './read-config.ts';

/** An address that is scraped. */
export interface Target {
  /** What tells it from all others: of its job, its address, its labels and how they are merged. */
  readonly id: string;
  readonly job: ScrapeJob;
  readonly url: string;
  /** Those that all of its series get: `job` and `instance` among them. */
  readonly labels: ReadonlyMap<string, string>;
}

/** An address that is probed. */
export interface ProbeTarget extends Target {
  readonly job: ScrapeJob & { readonly probe: Probe };
}

export const isProbed = (target: Target): target is ProbeTarget => target.job.probe !== undefined;

/** The targets of a group, each once, and the addresses that are none. */
export function targetsOf(
  job: ScrapeJob,
  groups: readonly TargetGroup[],
): { readonly targets: readonly Target[]; readonly wrong: readonly string[] } {
  const targets = new Map<string, Target>();
  const wrong: string[] = [];
  for (const group of groups)
    for (const address of group.targets) {
      const target = targetOf(job, address, group.labels);
      if (target === undefined) wrong.push(address);
      else targets.set(target.id, target);
    }
  return { targets: [...targets.values()], wrong };
}

/** Undefined where an address is not `host:port` or `host`, or of a probe no http address. */
export function targetOf(
  job: ScrapeJob,
  address: string,
  given: Readonly<Record<string, string>>,
): Target | undefined {
  const url = job.probe === undefined ? pageOf(job, address, given) : probed(address);
  if (url === undefined) return undefined;
  const labels = new Map([
    ['job', job.job_name],
    ['instance', address],
    // What begins with two underscores is for whoever finds the target.
    ...Object.entries(given).filter(([name, value]) => !name.startsWith('__') && value !== ''),
  ]);
  const sorted = [...labels].sort(([a], [b]) => (a < b ? -1 : 1));
  const known = JSON.stringify([job.job_name, url.href, sorted, job.honor_labels, job.probe]);
  const id = createHash('sha256').update(known).digest('base64url').slice(0, 22);
  return { id, job, url: url.href, labels };
}

/** Where a target tells its metrics. */
function pageOf(job: ScrapeJob, address: string, given: Readonly<Record<string, string>>): URL | undefined {
  const scheme = given.__scheme__ ?? job.scheme;
  const path = given.__metrics_path__ ?? job.metrics_path;
  if (/[\s/?#@\\]/.test(address) || !/^https?$/.test(scheme) || !path.startsWith('/')) return undefined;
  const base = `${scheme}://${address}${path}`;
  if (!URL.canParse(base)) return undefined;
  const url = new URL(base);
  for (const [name, values] of Object.entries(job.params))
    for (const value of values) url.searchParams.append(name, value);
  for (const [name, value] of Object.entries(given))
    if (name.startsWith('__param_')) url.searchParams.set(name.slice('__param_'.length), value);
  return url;
}

/** Names and passwords have options of their own, which are not shown. */
function probed(address: string): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url : undefined;
}
