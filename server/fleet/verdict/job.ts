import type { VersionVerdict } from '../../../contract/version-verdict.ts';
import type { Ctx } from '../../context.ts';
import { type NotedChange, noteChange } from '../../events/note-change.ts';
import type { Fence } from '../../jobs/fence.ts';
import type { ModelJob } from '../../jobs/job.ts';
import { profileHead, profileHeads } from '../../profiles/heads/read-heads.ts';
import { inBackground } from '../../store/lake/background.ts';
import { verdictDue } from './due.ts';
import { getVerdict } from './get-verdict.ts';

/** Hears of each recommendation, more than once. */
export type ToldOfVerdict = (ctx: Ctx, fence: Fence, found: VersionVerdict) => Promise<void>;

/** A title of a change is no longer. */
const TITLE = 256;

/**
 * Looks at each model of which two versions answer at the same time, and notes what is recommended among its changes, once for
 * each recommendation about the two. The intervals hold however often it looks.
 */
export function verdictsJob(told: ToldOfVerdict = async () => {}): ModelJob {
  // Revisions that were looked at; forgotten with the process, which costs one look more.
  const looked = new Map<string, number>();
  return {
    name: 'verdicts',
    scope: 'model',
    everyMs: 60_000,
    workers: 1,
    async waiting(ctx, owned) {
      const heads = await profileHeads(ctx, owned);
      for (const model of looked.keys()) if (!heads.has(model)) looked.delete(model);
      return owned.filter((model) => verdictDue(heads.get(model), looked.get(model)));
    },
    async run(ctx, fence) {
      const { name } = fence;
      const head = await profileHead(ctx, name);
      const found = await getVerdict({ ...ctx, lake: inBackground(ctx.lake) } as Ctx, name, {});
      const change = changeOf(found);
      if (change !== null) {
        await noteChange(ctx, change);
        await told(ctx, fence, found);
      }
      if (head !== undefined) looked.set(name, head.revision);
    },
  };
}

/** The recommendation as a change of the model; null while there is none. Pure. */
export function changeOf(found: VersionVerdict): NotedChange | null {
  const { model, version, baseline, recommendation, safe_to_stop, sentence, to } = found;
  if (!safe_to_stop || to === null) return null;
  return {
    id: `verdict ${JSON.stringify([baseline, version])} ${recommendation}`,
    ...{ model, time: Date.parse(to), kind: 'verdict', title: sentence.slice(0, TITLE) },
  };
}
