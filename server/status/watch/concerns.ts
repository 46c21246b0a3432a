import type { Ctx } from '../../context.ts';
import { lakeRoom } from '../../store/lake/sizes.ts';
import type { ConcernRow } from '../../store/ledger/schema.ts';
import { assess, type Concern, remadeSentence, troublesOf } from './assess.ts';
import { PATIENCE, type Trouble, type TroubleKind } from './trouble.ts';

type Stored = Pick<Ctx, 'ledger'>;

/** What waited when somebody last looked, by key. */
export async function readConcerns(ctx: Stored): Promise<Map<string, ConcernRow>> {
  const rows = await ctx.ledger.selectFrom('concerns').selectAll().execute();
  return new Map(rows.map((row) => [row.key, row]));
}

export function concernOf({ seen_at: _seen, incident: _incident, ...row }: ConcernRow): Concern {
  return { ...row, kind: row.kind as TroubleKind };
}

/** Notes a table that was gone when it is missed, whichever server looks after Tiltmeter. */
export async function noteRemade({ ledger, clock }: Pick<Ctx, 'ledger' | 'clock'>, table: string) {
  const now = clock();
  const row: Omit<ConcernRow, 'key'> = {
    kind: 'table',
    model: null,
    channel: null,
    since: now,
    progress: String(now),
    sentence: remadeSentence(table),
    seen_at: now,
    incident: null,
  };
  await ledger
    .insertInto('concerns')
    .values({ key: `table/${table}`, ...row })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
    .execute();
}

/** Every half a minute somebody looks; when nobody has for so long, that is trouble itself. */
const SILENT_MS = 150_000;

/** What is not as it should be, the most urgent first; that nobody looks any more is the first of all. */
export async function readTroubles(ctx: Pick<Ctx, 'ledger' | 'clock' | 'settings'>): Promise<Trouble[]> {
  const now = ctx.clock();
  const concerns = [...(await readConcerns(ctx)).values()].map(concernOf);
  const troubles = troublesOf(concerns, now);
  const watch = await ctx.ledger.selectFrom('watches').select('at').where('id', '=', 1).executeTakeFirst();
  const last = Math.max(watch?.at ?? 0, ctx.settings.startedAt);
  return now - last < SILENT_MS ? troubles : [nobodyLooks(last, now), ...troubles];
}

/** A disk that is full now, also where the ledger lies on it and nothing can be noted any more. */
export async function diskTroubles(ctx: Pick<Ctx, 'lake' | 'clock'>): Promise<Trouble[]> {
  const now = ctx.clock();
  const { freeBytes: free, totalBytes: total } = await lakeRoom(ctx.lake);
  const none = { models: [], channels: [], remade: [], surplus: [], outages: [], removals: [] };
  const facts = { ...none, ingest: { received: 0, rejected: 0 } };
  const disk = { free, total, fullInDays: null };
  return troublesOf(assess({ ...facts, disk }, new Map(), { now, awakeSince: 0 }), now);
}

function nobodyLooks(last: number, now: number): Trouble {
  const minutes = Math.round((now - last) / 60_000);
  return {
    key: 'watch/',
    kind: 'judging',
    model: null,
    channel: null,
    since: last + PATIENCE.judging,
    sentence: `No server has looked after anything for ${minutes} min: nothing is rolled up, judged or told`,
    hint: 'Look at the log of each server, and at /readyz.',
  };
}
