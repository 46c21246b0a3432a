import type { Ctx } from '../../context.ts';
import { arrowBatch } from '../../store/lake/arrow.ts';
import type { Profile } from '../profile.ts';
import { present } from '../profile.ts';

/** Profiles of a file lie at this moment of event time, outside of every month of production. */
export const FILE_TIME = 0;

/** Stores the profiles of a reference file under its id. Repeating it changes no number. */
export async function writeFileProfiles(
  ctx: Pick<Ctx, 'lake' | 'clock'>,
  model: string,
  source: string,
  profiles: ReadonlyMap<string, Profile>,
): Promise<void> {
  const entries = [...profiles];
  const text = (name: string, value: string) =>
    ({ name, kind: 'text', values: entries.map(() => value) }) as const;
  const count = (name: string, of: (profile: Profile) => number) =>
    ({ name, kind: 'uint64', values: entries.map(([, profile]) => of(profile)) }) as const;
  const number = (name: string, of: (profile: Profile) => number | null) =>
    ({ name, kind: 'float64', values: entries.map(([, profile]) => of(profile)) }) as const;
  const moment = (name: string, value: number) =>
    ({ name, kind: 'timestamp', values: entries.map(() => value) }) as const;
  await ctx.lake.insert(
    arrowBatch('tiltmeter.profiles', [
      text('model', model),
      text('source', source),
      { name: 'column', kind: 'text', values: entries.map(([name]) => name) },
      moment('time', FILE_TIME),
      text('version', ''),
      text('segment', ''),
      count('n', ({ n }) => n),
      count('missing', ({ missing }) => missing),
      count('invalid', ({ invalid }) => invalid),
      number('sum', ({ sum }) => sum),
      number('sum2', ({ sum2 }) => sum2),
      number('min', (profile) => (present(profile) > 0 ? profile.min : null)),
      number('max', (profile) => (present(profile) > 0 ? profile.max : null)),
      { name: 'grid', kind: 'map<int32,uint64>', values: entries.map(([, { grid }]) => grid) },
      { name: 'counts', kind: 'map<text,uint64>', values: entries.map(([, { counts }]) => counts) },
      count('other', ({ other }) => other),
      moment('revision', ctx.clock()),
    ]),
  );
}
