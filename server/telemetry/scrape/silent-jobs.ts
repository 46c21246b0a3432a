import type { Ctx } from '../../context.ts';
import { modelNames } from '../../models/find-model.ts';
import { readProblems } from './problem-rows.ts';
import { readTargets } from './target-rows.ts';

/** A job of which something does not answer. */
export interface SilentJob {
  readonly job: string;
  /** Targets that do not answer; 0 where they are not even found. */
  readonly silent: number;
  /** All that it has. */
  readonly targets: number;
  /** Epoch milliseconds of the first that fell silent; null where that is not known. */
  readonly since: number | null;
  /** Of the first of them, what is wrong. */
  readonly why: string;
}

/** Targets that name one of the models, or are of a job that is called as it is, are told by its own monitors of what answers. */
const MODEL_LABEL = 'tiltmeter_model';

/** Jobs whose targets and probes are down without any model's monitors telling of it, and jobs whose targets cannot be found. */
export async function silentJobs(ctx: Pick<Ctx, 'ledger'>): Promise<SilentJob[]> {
  const [targets, problems] = await Promise.all([readTargets(ctx), readProblems(ctx)]);
  if (targets.length === 0 && problems.length === 0) return [];
  const models = await modelNames(ctx);
  const ofNoModel = targets.filter(({ job, labels }) => !models.has(labels[MODEL_LABEL] ?? job));
  const jobs = [...Map.groupBy(ofNoModel, ({ job }) => job)].flatMap(([job, all]): SilentJob[] => {
    const down = all
      .filter(({ state }) => state === 'down')
      .sort((a, b) => Date.parse(a.since) - Date.parse(b.since));
    const [first] = down;
    if (first === undefined) return [];
    const why = `${first.url}: ${first.error?.message ?? 'it does not answer'}`;
    return [{ job, silent: down.length, targets: all.length, since: Date.parse(first.since), why }];
  });
  const told = new Set(jobs.map(({ job }) => job));
  const notFound = [...Map.groupBy(problems, ({ job }) => job)].flatMap(([job, [first]]): SilentJob[] =>
    told.has(job) || job === '' ? [] : [{ job, silent: 0, targets: 0, since: null, why: first!.message }],
  );
  return [...jobs, ...notFound];
}
