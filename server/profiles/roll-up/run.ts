import type { Grid } from '../../../stats/asinh-grid.ts';
import type { Ctx } from '../../context.ts';
import type { Fence } from '../../jobs/fence.ts';
import { requireFence } from '../../jobs/fence.ts';
import { readGrids } from '../../models/columns/grids.ts';
import { countedColumns, type ProfiledColumn } from '../../models/columns/profiled-columns.ts';
import { modelTable } from '../../models/columns/schemas.ts';
import type { ColumnHeadRow, ModelRow, ProfileHeadRow } from '../../store/ledger/schema.ts';
import type { OpenHead } from '../heads/open-head.ts';
import { headOf, type Rewrite } from '../heads/profile-head.ts';
import { requireHead, saveHead } from '../heads/save-head.ts';
import { isSettled, type Split } from '../segments/split.ts';
import type { StoredProfile } from '../write-profiles.ts';
import type { Failure, Held } from './held.ts';
import { type Look, type Looks, looksOf } from './looks.ts';
import type { Lanes, RollUpPlan, Statement } from './plan.ts';
import type { Resizing } from './resize.ts';
import { runPieces } from './run-pieces.ts';

export type Stores = Pick<Ctx, 'ledger' | 'lake' | 'clock' | 'turn'>;

/** A bucket that is put off while it fills, since when, and how many rows it has that no profile counts. */
export interface PutOff {
  readonly bucket: number;
  readonly since: number;
  readonly rows: number;
}

export interface RunOptions {
  readonly fence?: Fence | undefined;
  readonly lanes: Lanes;
  readonly memoryBytes: number;
  readonly fewValues: number;
}

/** What comes for predictions by their ids. */
export type BesideKind = 'labels' | 'outcomes';

/** How far a roll-up is with putting something beside its predictions. */
export interface BesideProgress {
  /** Something was put beside a prediction. */
  located: boolean;
  /** Predictions for which something that came before was looked for. */
  lookedUp: number;
  /** Everything with a stamp before this is in the profiles, or waits for its prediction. */
  to: number;
  /** What waits, at most. */
  waiting: number;
}

/** One roll-up of one model: what it goes by, and what it has found and written so far. */
export interface Run extends RunOptions {
  readonly ctx: Stores;
  readonly model: ModelRow;
  /** The model's table of predictions as statements name it. */
  readonly table: string;
  /** Wall clock of the beginning. */
  readonly now: number;
  /** Everything with a stamp before this is visible. */
  readonly to: number;
  readonly revision: number;
  readonly head: ProfileHeadRow;
  /** What the ledger has of `head.writing`. */
  readonly stored: number;
  /** The head was made from history: what it counts is counted again at the end. */
  readonly made: boolean;
  /** The length of buckets has changed: everything is made anew. */
  resizing: Resizing | null;
  readonly known: ReadonlyMap<string, ColumnHeadRow>;

  columns: readonly ProfiledColumn[];
  grids: ReadonlyMap<string, Grid>;
  /** First bucket in which each column has a value. */
  readonly firstSeen: Map<string, number>;
  /** Stamps since which columns have values that are on no grid, as far as that changed. */
  readonly opened: Map<string, number | null>;
  /** Versions with profiles of their own, and when they were last chosen among more; null while there is room for all. */
  versions: readonly string[];
  foldedAt: number | null;
  /** By what predictions are split; all that is stored is split anew. */
  splits: readonly Split[];
  splitAnew: boolean;
  readonly held: readonly Held[];
  readonly looks: Looks;
  readonly putOff: readonly PutOff[];

  readonly done: {
    reserved: boolean;
    /** Profiles that were written one by one, and whether statements wrote others. */
    stored: StoredProfile[];
    statements: boolean;
    buckets: number;
    /** Around all that was written. */
    from: number;
    to: number;
    rewrites: Rewrite[];
    /** What the profiles of each rewritten bucket counted before this roll-up, however often it rewrites it. */
    readonly predictions: Map<number, number>;
    readonly labels: Map<number, number>;
    /** What was put beside its predictions. */
    readonly beside: Readonly<Record<BesideKind, BesideProgress>>;
    /** Whether scores that are kept apart by label are to be counted again. */
    scoresAgain: boolean;
    /** Labels whose scores are kept apart since now. */
    apart: string[];
    /** Labels that occurred. */
    classes: string[];
    /** Metrics of outcomes with profiles of their own. */
    outcomesApart: string[];
    newestEvent: number | null;
    lastReceived: number | null;
    failures: Failure[];
    /** Columns that were counted anew, as something else. */
    recounted: string[];
    putOff: PutOff[];
    looks: Record<keyof Looks, Look[]>;
    rolledUpTo: number;
    /** Profiles that agents sent are counted up to this stamp. */
    sentTo: number;
    /** What the buckets that were merged anew counted of these before, and count now. */
    sentBefore: number;
    sentAfter: number;
    /** When there is work although nothing arrives. */
    next: number[];
  };
}

/** A roll-up that has not done anything yet. */
export async function beginRun(
  ctx: Stores,
  model: ModelRow,
  { head, columns: known, made, stored }: OpenHead,
  to: number,
  options: RunOptions,
): Promise<Run> {
  const now = ctx.clock();
  const { versions } = headOf(head);
  const columns = await countedColumns(ctx, model.id);
  const seen = [...known.values()].flatMap(({ column, first, expected }): [string, number][] =>
    expected === 1 ? [[column, 0]] : first === null ? [] : [[column, first]],
  );
  return {
    ...options,
    ctx,
    model,
    table: modelTable(model.table_name),
    now,
    to,
    // Larger than every revision before, even when the wall clock went back or a roll-up died half way. What is emptied
    // is of one less.
    revision: Math.max(now, head.revision + 2, head.writing + 2),
    head,
    made,
    stored,
    resizing: null,
    known,
    columns,
    grids: await readGrids(ctx, model.id),
    firstSeen: new Map(seen),
    opened: new Map(),
    versions: versions.map(({ version }) => version),
    foldedAt: head.folded_at,
    splits: JSON.parse(head.splits) as Split[],
    splitAnew: false,
    held: JSON.parse(head.held) as Held[],
    looks: looksOf(head),
    putOff: JSON.parse(head.put_off) as PutOff[],
    done: {
      reserved: false,
      stored: [],
      statements: false,
      buckets: 0,
      from: Number.POSITIVE_INFINITY,
      to: Number.NEGATIVE_INFINITY,
      rewrites: [],
      predictions: new Map(),
      labels: new Map(),
      beside: besideOf(head),
      scoresAgain: false,
      apart: [],
      classes: [],
      outcomesApart: [],
      newestEvent: null,
      lastReceived: null,
      failures: [],
      recounted: [],
      putOff: [],
      looks: { predictions: [], labels: [], outcomes: [] },
      rolledUpTo: head.rolled_up_to,
      sentTo: head.sent_to,
      sentBefore: 0,
      sentAfter: 0,
      next: [],
    },
  };
}

/** How far a roll-up is with what comes beside predictions before it has done anything. */
export function besideOf(head: ProfileHeadRow): Record<BesideKind, BesideProgress> {
  return {
    labels: { located: false, lookedUp: 0, to: head.labelled_to, waiting: head.waiting },
    outcomes: { located: false, lookedUp: 0, to: head.outcomes_to, waiting: head.outcomes_waiting },
  };
}

/** Reads the columns and grids again: a grid was frozen. */
export async function readColumnsAgain(run: Run): Promise<void> {
  run.columns = await countedColumns(run.ctx, run.model.id);
  run.grids = await readGrids(run.ctx, run.model.id);
}

/**
 * Notes the revision before the first row of it is written: whoever goes on after a death half way, on whatever clock,
 * writes a larger one.
 */
export async function reserve(run: Run): Promise<void> {
  if (run.done.reserved) return;
  const { ctx, fence, head, revision } = run;
  await ctx.ledger.transaction().execute(async (trx) => {
    if (fence !== undefined) await requireFence(trx, fence);
    await requireHead(trx, head.model, run.stored);
    await saveHead(trx, { ...head, writing: revision }, []);
  });
  run.done.reserved = true;
}

export function planOf(run: Run): RollUpPlan {
  const { model, columns, grids, firstSeen, versions, now } = run;
  const splits = run.splits.filter(isSettled);
  const held = run.held.filter(({ next }) => next > now);
  return { model, columns, grids, firstSeen, versions, folded: run.foldedAt !== null, splits, held };
}

/** Whether profiles that agents sent are counted, so that rows alone do not tell what a bucket counts. */
export function holdsSent({ head, done }: Pick<Run, 'head' | 'done'>): boolean {
  return head.sent > 0 || done.sentBefore + done.sentAfter > 0;
}

/** Runs statements in their order, and notes what failed. */
export async function write(run: Run, ...steps: readonly Iterable<Statement>[]): Promise<void> {
  await reserve(run);
  run.done.statements = true;
  for (const statements of steps) run.done.failures.push(...(await runPieces(run.ctx, statements, run)));
}

/** Notes that buckets (ascending) were written. */
export function noteRewritten(run: Run, buckets: readonly number[], what: Rewrite['what']): void {
  const { done, revision, model } = run;
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (first === undefined || last === undefined) return;
  done.from = Math.min(done.from, first);
  done.to = Math.max(done.to, last + model.bucket_ms);
  const counted = (bucket: number) => done.rewrites.some(({ from, to }) => from <= bucket && bucket < to);
  done.buckets += buckets.filter((bucket) => !counted(bucket)).length;
  done.rewrites.push(...runsOf(buckets, model.bucket_ms).map((span) => ({ ...span, revision, what })));
}

/** Stretches of one roll-up that are told apart; beyond that the last goes to the end. */
const RUNS = 8;

/** Buckets that follow one another, as stretches. */
function runsOf(buckets: readonly number[], bucketMs: number): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const bucket of buckets) {
    const last = runs.at(-1);
    if (last !== undefined && (last.to === bucket || runs.length === RUNS)) last.to = bucket + bucketMs;
    else runs.push({ from: bucket, to: bucket + bucketMs });
  }
  return runs;
}
