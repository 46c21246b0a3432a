import type { Ctx } from '../../context.ts';
import { lakeRoom } from '../../store/lake/sizes.ts';
import type { ConcernRow } from '../../store/ledger/schema.ts';
import { assess, type Concern, type Facts, troublesOf } from './assess.ts';
import { awaySentence, remadeSentence } from './happened.ts';
import { clockBehind } from './read-facts.ts';
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
export function noteRemade(ctx: Noting, table: string): Promise<void> {
  return note(ctx, 'table', table, () => remadeSentence(table));
}

/** Notes that a store answers again, after so many milliseconds. */
export function noteAway(ctx: Noting, store: 'lake' | 'ledger', ms: number): Promise<void> {
  return note(ctx, 'store', store, (now) => awaySentence(store, ms, now));
}

type Noting = Pick<Ctx, 'ledger' | 'clock'>;

/** Notes what has just happened; it is told for a day. */
async function note(
  { ledger, clock }: Noting,
  kind: TroubleKind,
  id: string,
  sentence: (now: number) => string,
): Promise<void> {
  const now = clock();
  const row: Omit<ConcernRow, 'key'> = {
    kind,
    model: null,
    channel: null,
    since: now,
    progress: String(now),
    sentence: sentence(now),
    seen_at: now,
    incident: null,
  };
  await ledger
    .insertInto('concerns')
    .values({ key: `${kind}/${id}`, ...row })
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

/** What this server sees by itself and now, also where the ledger is away or lies on a full disk and nothing can be noted any more. */
export async function ownTroubles(
  ctx: Pick<Ctx, 'lake' | 'clock' | 'stamps' | 'prometheus'>,
  stores: Readonly<Record<'lake' | 'ledger', { readonly state: 'ok' | 'unavailable' }>>,
): Promise<Trouble[]> {
  const now = ctx.clock();
  const unknown = { freeBytes: 0, totalBytes: 0 };
  const room = stores.lake.state === 'ok' ? await lakeRoom(ctx.lake).catch(() => unknown) : unknown;
  const facts: Facts = {
    ...{
      models: [],
      channels: [],
      digests: [],
      remade: [],
      surplus: [],
      outages: [],
      removals: [],
      erasures: [],
      scraping: [],
      prices: { waiting: 0, since: null },
    },
    ingest: { received: 0, rejected: 0 },
    clockBehind: clockBehind(ctx),
    prometheus: ctx.prometheus?.away ?? null,
    disk: { free: room.freeBytes, total: room.totalBytes, fullInDays: null },
  };
  const away = (['lake', 'ledger'] as const).filter((store) => stores[store].state !== 'ok');
  return [
    ...away.map((store) => isAway(store, now)),
    ...troublesOf(assess(facts, new Map(), { now, awakeSince: 0 }), now),
  ];
}

function isAway(store: 'lake' | 'ledger', now: number): Trouble {
  return {
    key: `store/${store}`,
    kind: 'store',
    model: null,
    channel: null,
    since: now,
    sentence: `The ${store} does not answer: until it does nothing is taken, judged or told`,
    hint: 'What was acknowledged is kept, and everything goes on by itself. Look at the log, and at the database.',
  };
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
