import { OWN_VERSIONS } from '../../profiles/profile.ts';
import type { Concern, Facts, Make } from './assess.ts';
import { brief, lasting, moment } from './durations.ts';
import type { TroubleKind } from './trouble.ts';

/** Whoever looks once a day hears of what is over by now, also after a restart. */
const TOLD_FOR_MS = 86_400_000;
/** Kinds of which a server notes at once what it found out, whichever server looks after Tiltmeter. */
const NOTED: readonly TroubleKind[] = ['table', 'features', 'store'];

/** What happened and is told for a day: with what others noted of it. Pure. */
export function happened(
  { remade, surplus, outages, models }: Facts,
  before: ReadonlyMap<string, Concern>,
  now: number,
  concern: Make,
): Concern[] {
  const found = [
    ...remade.map(({ table, at }) =>
      concern('table', { id: table }, String(at), () => remadeSentence(table), at),
    ),
    ...surplus.map(({ model, sentence, at }) =>
      concern('features', { model }, String(at), () => sentence, at),
    ),
    ...models.flatMap(({ model, name, foldedAt }) =>
      foldedAt === null
        ? []
        : [concern('versions', { model }, String(foldedAt), () => foldedSentence(name), foldedAt)],
    ),
    ...outages.map(({ from, to }) =>
      concern('outage', { id: String(from) }, String(to), () => outageSentence(from, to), to),
    ),
  ];
  const fresh = found.filter(({ progress }) => now - Number(progress) < TOLD_FOR_MS);
  const keys = new Set(fresh.map(({ key }) => key));
  const noted = [...before.values()].filter(
    ({ kind, key, since }) => NOTED.includes(kind) && !keys.has(key) && now - since < TOLD_FOR_MS,
  );
  return [...fresh, ...noted];
}

/** What is told of a table that was gone. */
export const remadeSentence = (table: string) =>
  `The table ${table} of the lake was gone and was made again, empty: what was in it has to come from a backup`;

/** What is told of a store that is back. `awaySentence('ledger', 12_000, 0)` → 'The ledger did not answer for 12 s, until 1970-01-01 00:00 UTC' */
export const awaySentence = (store: 'lake' | 'ledger', ms: number, at: number) =>
  store === 'ledger'
    ? `The ledger did not answer for ${brief(ms)}, until ${moment(at)}`
    : `The engine of the lake ended and was started again, after ${brief(ms)}, at ${moment(at)}`;

const foldedSentence = (name: string) =>
  `${name} has sent more than ${OWN_VERSIONS} versions: those with the fewest predictions of late are counted together, as "other"`;

const outageSentence = (from: number, to: number) =>
  `No server of Tiltmeter was running for ${lasting(to - from)}, from ${moment(from)} to ${moment(to)}`;
