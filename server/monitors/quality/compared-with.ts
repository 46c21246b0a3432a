import type { QualityReference } from '../../../contract/model.ts';
import { rfc3339 } from '../../../contract/time.ts';
import type { Ctx } from '../../context.ts';
import { referenceById } from '../../profiles/references/find-reference.ts';
import { enabledMonitors } from '../configure/defaults.ts';
import { OWN, readBaselines } from '../judge/state/baselines.ts';
import { isQuality } from '../judge/state/quality-case.ts';
import { watcherOf } from '../judge/state/watcher.ts';

/** What the quality of a model is compared with, and since when: of its headline, else of the metric that is watched first. Null before anything is. */
export async function qualityComparedWith(
  ctx: Pick<Ctx, 'ledger'>,
  model: string,
): Promise<QualityReference | null> {
  const [baselines, monitors] = await Promise.all([readBaselines(ctx, model), enabledMonitors(ctx, model)]);
  const watchers = monitors
    .flatMap((monitor) => watcherOf(monitor) ?? [])
    .filter(isQuality)
    .filter(({ kind }) => kind.standsFor === 'realised');
  const made = watchers.filter(({ monitor }) => baselines.has(monitor.id));
  const watcher = made.find(({ options }) => options.metric === undefined) ?? made[0];
  if (watcher === undefined) return null;
  const { comparedWith, judgedFrom } = baselines.get(watcher.monitor.id)!;
  const since = { judged_from: judgedFrom === null ? null : rfc3339(judgedFrom) };
  if (comparedWith === OWN) return { id: null, name: 'the first labelled weeks', ...since };
  const reference = await referenceById(ctx, comparedWith);
  return reference && { id: reference.id, name: reference.name, ...since };
}
