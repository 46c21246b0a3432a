import { settlesAt } from '../labels/settle.ts';
import { dueLooks, withLook } from '../roll-up/looks.ts';
import type { Stretch } from '../roll-up/open-columns.ts';
import type { Run } from '../roll-up/run.ts';
import { cameTo, locate } from './locate.ts';
import type { Road } from './road.ts';

export interface BesideStretch {
  readonly n: number;
  /** Those of them that name a prediction. */
  readonly named: number;
  /** Stamp of the oldest, epoch milliseconds; 0 without any. */
  readonly oldest: number;
  /** Tells whether the same are there at another time; unsigned, as text. */
  readonly checksum: string;
}

/**
 * Puts what is new beside its predictions, and what of a stretch looks otherwise at a second look. It may wait until there is
 * enough that reading predictions is worth it.
 */
export async function takeStretches(run: Run, road: Road, arrivals: boolean): Promise<void> {
  const { head, to, now, done, looks } = run;
  const { kind } = road.beside;
  const progress = done.beside[kind];
  const { due, rest } = dueLooks(looks[kind], now);
  done.looks[kind] = rest;
  let since = run.splitAnew ? 0 : arrivals ? cameTo(head, kind) : to;
  let changed = run.splitAnew;
  // All of it is put beside predictions anew, and counted.
  if (run.splitAnew) progress.waiting = 0;
  for (const look of due) {
    if ((await readStretch(run, road, look)).checksum === look.seen) continue;
    changed = true;
    // From there on: what is newer of the same predictions holds.
    since = Math.min(since, look.since);
  }
  if (since >= to) return;
  const stretch = { since, until: to };
  const found = await readStretch(run, road, stretch);
  const settles = settlesAt({ labels: found.n, rows: road.rows(head), oldest: found.oldest });
  if (found.n > 0 && !changed && settles > to) {
    done.next.push(settles);
    return;
  }
  if (found.n > found.named) await road.byTime?.(run, stretch);
  if (found.named > 0) await locate(run, road.beside, stretch, found.named);
  progress.to = to;
  done.looks[kind] = withLook(done.looks[kind], { ...stretch, seen: found.checksum });
}

async function readStretch(run: Run, road: Road, { since, until }: Stretch): Promise<BesideStretch> {
  const params = { model: run.model.id, came_since: since, came_until: until };
  const [row] = await run.ctx.lake.query<BesideStretch>(road.stretch, params, { background: true });
  return row ?? { n: 0, named: 0, oldest: 0, checksum: '0' };
}
