import { storedAnswer } from '../../models/columns/profiled-columns.ts';
import { IDS, inParts } from '../../store/lake/in-parts.ts';
import type { ProfileHeadRow } from '../../store/ledger/schema.ts';
import { type BucketSize, chunksOf } from '../buckets.ts';
import type { Stretch } from '../roll-up/open-columns.ts';
import { PIECE_BUCKETS } from '../roll-up/pieces.ts';
import { chunkParams } from '../roll-up/plan.ts';
import { type BesideKind, type Run, reserve } from '../roll-up/run.ts';
import { isSettled } from '../segments/split.ts';
import { splitMap, splitParams, tagParams } from '../segments/split-sql.ts';

/** Most of what comes is of predictions so young: only what is not found among them is looked for in all others. */
const RECENT_MS = 45 * 86_400_000;
/** Later than every event. */
const END = Date.UTC(2299, 11);

/** Statements of this kind run alone, so they may have more memory than those of the lanes. */
const optionsOf = (run: Run) => ({ maxMemoryBytes: 2 * run.memoryBytes, background: true });

/** The predictions of a model, as statements read them. */
export interface LocatedColumns {
  /** The model's table of predictions. */
  readonly table: string;
  /** Type of its `_prediction`; undefined while it has none. */
  readonly prediction: 'numeric' | 'categorical' | undefined;
  /** Whether predictions may be lists of items, of which every label of an id counts. */
  readonly lists: boolean;
  /** What predictions are split by, as a map. */
  readonly split: string;
}

/** What comes for predictions by their ids, at any time and in any order, and is put beside them once. */
export interface Beside {
  readonly kind: BesideKind;
  /**
   * Puts what came in a stretch beside its predictions, as far as these are there. Parameters: model, revision, came_since,
   * came_until, those of inPart, and event_since, event_until (which predictions are looked at).
   */
  readonly stretch: (columns: LocatedColumns) => string;
  /** Puts what came first beside predictions that have arrived. Parameters: those of ARRIVED, IN_BUCKETS and inPart, model, revision, came_until. */
  readonly waiting: (columns: LocatedColumns) => string;
  /** `came`: how much of a part of a stretch looks for a prediction; `found`: how much this roll-up put beside one. Parameters as of `stretch`. */
  readonly found: string;
}

/** Everything of a kind with a stamp before this had been taken when the roll-up began. */
export function cameTo(head: ProfileHeadRow, kind: BesideKind): number {
  return kind === 'labels' ? head.labelled_to : head.outcomes_to;
}

function columnsOf(run: Run): LocatedColumns {
  const { task } = run.model;
  return {
    table: run.table,
    prediction: storedAnswer(run.columns),
    lists: task === 'ranking' || task === 'unknown',
    split: splitMap(settled(run)),
  };
}

const settled = ({ splits }: Run) => splits.filter(isSettled);
const splitParamsOf = (run: Run) => ({ ...splitParams(settled(run)), ...tagParams(settled(run)) });

/** What picks a part of what came in a stretch. */
interface Part {
  readonly model: string;
  readonly revision: number;
  readonly parts: number;
  readonly part: number;
  readonly came_since: number;
  readonly came_until: number;
}

/**
 * Puts the `n` that came in a stretch of stamps beside their predictions, once for ever: a part of the ids after the other,
 * each looked for among the newer predictions and, if it is not there, among the older. Those that are not found wait for
 * their predictions.
 */
export async function locate(run: Run, beside: Beside, stretch: Stretch, n: number): Promise<void> {
  await reserve(run);
  run.done.beside[beside.kind].located = true;
  await inParts(n, (part) =>
    locatePart(run, beside, {
      model: run.model.id,
      revision: run.revision,
      ...part,
      came_since: stretch.since,
      came_until: stretch.until,
    }),
  );
}

async function locatePart(run: Run, beside: Beside, part: Part): Promise<void> {
  const { head, done } = run;
  const recent = Math.max(0, (done.newestEvent ?? head.newest_event ?? 0) - RECENT_MS);
  await locateWithin(run, beside, part, recent, END);
  let missing = await missingOf(run, beside, part);
  if (missing > 0 && recent > (head.first ?? 0)) {
    await locateWithin(run, beside, part, 0, recent);
    missing = await missingOf(run, beside, part);
  }
  done.beside[beside.kind].waiting += missing;
}

async function locateWithin(
  run: Run,
  beside: Beside,
  part: Part,
  event_since: number,
  event_until: number,
): Promise<void> {
  await run.ctx.turn();
  const params = { ...part, event_since, event_until, ...splitParamsOf(run) };
  await run.ctx.lake.command(beside.stretch(columnsOf(run)), params, optionsOf(run));
}

/** What of a part of a stretch was not found, less what was found although it came before. */
async function missingOf(run: Run, beside: Beside, part: Part): Promise<number> {
  const [row] = await run.ctx.lake.query<{ came: number; found: number }>(
    beside.found,
    { ...part },
    optionsOf(run),
  );
  return (row?.came ?? 0) - (row?.found ?? 0);
}

/** Puts what came before its predictions beside them, now that these have arrived: `fresh` rows of some buckets, with stamps of a stretch. */
export async function locateWaiting(
  run: Run,
  beside: Beside,
  stretch: Stretch,
  fresh: readonly BucketSize[],
): Promise<void> {
  await reserve(run);
  const { ctx, model, revision, head, done } = run;
  const progress = done.beside[beside.kind];
  const came_until = cameTo(head, beside.kind);
  for (const { buckets, rows } of chunksOf(fresh, { rows: IDS, buckets: PIECE_BUCKETS })) {
    const parts = Math.max(1, Math.ceil(rows / IDS));
    for (let part = 0; part < parts; part++) {
      const common = { ...chunkParams(model, { buckets }), ...stretch, revision, parts, part };
      await ctx.turn();
      await ctx.lake.command(
        beside.waiting(columnsOf(run)),
        { ...common, came_until, ...splitParamsOf(run) },
        optionsOf(run),
      );
    }
    progress.located = true;
    progress.lookedUp += rows;
  }
}

/** Counts what was found by `locateWaiting` alone. */
export async function countFound(run: Run, beside: Beside): Promise<void> {
  const progress = run.done.beside[beside.kind];
  const parts = Math.max(1, Math.ceil(progress.lookedUp / IDS));
  for (let part = 0; part < parts; part++) {
    const none = { came_since: 0, came_until: 0 };
    progress.waiting += await missingOf(run, beside, {
      model: run.model.id,
      revision: run.revision,
      parts,
      part,
      ...none,
    });
  }
}
