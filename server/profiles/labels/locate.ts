import { storedAnswer } from '../../models/columns/profiled-columns.ts';
import { IDS, inParts } from '../../store/lake/in-parts.ts';
import { type BucketSize, chunksOf } from '../buckets.ts';
import type { Stretch } from '../roll-up/open-columns.ts';
import { PIECE_BUCKETS } from '../roll-up/pieces.ts';
import { chunkParams } from '../roll-up/plan.ts';
import { type Run, reserve } from '../roll-up/run.ts';
import { isSettled } from '../segments/split.ts';
import { splitMap, splitParams, tagParams } from '../segments/split-sql.ts';
import { FOUND, type LocatedColumns, locateStretch, locateWaiting } from './queries.ts';

/** Most labels are of predictions so young: only what is not found among them is looked for in all others. */
const RECENT_MS = 45 * 86_400_000;
/** Later than every event. */
const END = Date.UTC(2299, 11);

/** Statements of this kind run alone, so they may have more memory than those of the lanes. */
const optionsOf = (run: Run) => ({ maxMemoryBytes: 2 * run.memoryBytes, background: true });

function columnsOf(run: Run): LocatedColumns {
  return { table: run.table, prediction: storedAnswer(run.columns), split: splitMap(settled(run)) };
}

const settled = ({ splits }: Run) => splits.filter(isSettled);
const splitParamsOf = (run: Run) => ({ ...splitParams(settled(run)), ...tagParams(settled(run)) });

/** What picks the labels of a part of a stretch. */
interface Part {
  readonly model: string;
  readonly revision: number;
  readonly parts: number;
  readonly part: number;
  readonly label_since: number;
  readonly label_until: number;
}

/**
 * Puts the `n` labels of a stretch of stamps beside their predictions, once for ever: a part of the ids after the other,
 * each looked for among the newer predictions and, if it is not there, among the older. Those that are not found wait for
 * their predictions.
 */
export async function locateLabels(run: Run, stretch: Stretch, n: number): Promise<void> {
  await reserve(run);
  run.done.located = true;
  await inParts(n, (part) =>
    locatePart(run, {
      model: run.model.id,
      revision: run.revision,
      ...part,
      label_since: stretch.since,
      label_until: stretch.until,
    }),
  );
}

async function locatePart(run: Run, part: Part): Promise<void> {
  const { head, done } = run;
  const recent = Math.max(0, (done.newestEvent ?? head.newest_event ?? 0) - RECENT_MS);
  await locate(run, part, recent, END);
  let missing = await missingOf(run, part);
  if (missing > 0 && recent > (head.first ?? 0)) {
    await locate(run, part, 0, recent);
    missing = await missingOf(run, part);
  }
  done.waiting += missing;
}

async function locate(run: Run, part: Part, event_since: number, event_until: number): Promise<void> {
  await run.ctx.turn();
  const params = { ...part, event_since, event_until, ...splitParamsOf(run) };
  await run.ctx.lake.command(locateStretch(columnsOf(run)), params, optionsOf(run));
}

/** Labels of a part of a stretch that were not found, less those that were found although they came before. */
async function missingOf(run: Run, part: Part): Promise<number> {
  const [row] = await run.ctx.lake.query<{ labels: number; found: number }>(
    FOUND,
    { ...part },
    optionsOf(run),
  );
  return (row?.labels ?? 0) - (row?.found ?? 0);
}

/** Puts labels that came before their predictions beside them, now that these have arrived: `fresh` rows of some buckets, with stamps of a stretch. */
export async function locateWaitingLabels(
  run: Run,
  stretch: Stretch,
  fresh: readonly BucketSize[],
): Promise<void> {
  await reserve(run);
  const { ctx, model, revision, head, done } = run;
  for (const { buckets, rows } of chunksOf(fresh, { rows: IDS, buckets: PIECE_BUCKETS })) {
    const parts = Math.max(1, Math.ceil(rows / IDS));
    for (let part = 0; part < parts; part++) {
      const common = { ...chunkParams(model, { buckets }), ...stretch, revision, parts, part };
      await ctx.turn();
      await ctx.lake.command(
        locateWaiting(columnsOf(run)),
        { ...common, label_until: head.labelled_to, ...splitParamsOf(run) },
        optionsOf(run),
      );
    }
    done.located = true;
    done.lookedUp += rows;
  }
}

/** Counts what was found by `locateWaitingLabels` alone. */
export async function countFound(run: Run): Promise<void> {
  const parts = Math.max(1, Math.ceil(run.done.lookedUp / IDS));
  for (let part = 0; part < parts; part++) {
    const none = { label_since: 0, label_until: 0 };
    run.done.waiting += await missingOf(run, {
      model: run.model.id,
      revision: run.revision,
      parts,
      part,
      ...none,
    });
  }
}
