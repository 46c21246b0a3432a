import { arrowBatch } from '../store/lake/arrow/batch.ts';
import { groupedInserts } from '../store/lake/grouped-insert.ts';
import type { Lake } from '../store/lake/lake.ts';
import type { Profile } from './profile.ts';
import { present } from './profile.ts';

/** The profile of a column in one bucket, as it is stored. */
export interface StoredProfile {
  readonly column: string;
  /** Start of the bucket, epoch milliseconds. */
  readonly time: number;
  readonly version: string;
  /** Key of a segment; of all rows when absent. */
  readonly segment?: string;
  readonly profile: Profile;
}

export interface Owner {
  readonly model: string;
  /** '': production; else the id of a reference made from a file. */
  readonly source: string;
  /** Larger than that of what they replace. */
  readonly revision: number;
}

type Row = StoredProfile & Owner;

/** Stores profiles, together with those of others that are stored now. Repeating it changes no number. */
export function writeProfiles(
  lake: Pick<Lake, 'insert'>,
  owner: Owner,
  profiles: readonly StoredProfile[],
): Promise<void> {
  return insertProfiles(
    lake,
    profiles.map((profile) => ({ ...profile, ...owner })),
  );
}

const insertProfiles = groupedInserts((rows: readonly Row[]) => {
  const text = (name: string, of: (row: Row) => string) =>
    ({ name, kind: 'text', values: rows.map(of) }) as const;
  const count = (name: string, of: (profile: Profile) => number) =>
    ({ name, kind: 'uint64', values: rows.map(({ profile }) => of(profile)) }) as const;
  const number = (name: string, of: (profile: Profile) => number | null) =>
    ({ name, kind: 'float64', values: rows.map(({ profile }) => of(profile)) }) as const;
  const moment = (name: string, of: (row: Row) => number) =>
    ({ name, kind: 'timestamp', values: rows.map(of) }) as const;
  return arrowBatch('tiltmeter.profiles', [
    text('model', ({ model }) => model),
    text('source', ({ source }) => source),
    text('column', ({ column }) => column),
    moment('time', ({ time }) => time),
    text('version', ({ version }) => version),
    text('segment', ({ segment }) => segment ?? ''),
    count('n', ({ n }) => n),
    count('missing', ({ missing }) => missing),
    count('invalid', ({ invalid }) => invalid),
    number('sum', ({ sum }) => sum),
    number('sum2', ({ sum2 }) => sum2),
    number('min', (profile) => (present(profile) > 0 ? profile.min : null)),
    number('max', (profile) => (present(profile) > 0 ? profile.max : null)),
    { name: 'grid', kind: 'map<int32,uint64>', values: rows.map(({ profile }) => profile.grid) },
    { name: 'counts', kind: 'map<text,uint64>', values: rows.map(({ profile }) => profile.counts) },
    count('other', ({ other }) => other),
    moment('revision', ({ revision }) => revision),
  ]);
});
