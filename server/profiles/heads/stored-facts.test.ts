import { afterAll, beforeAll, expect, test } from 'vitest';
import { EMPTY_PROFILE } from '../profile.ts';
import { addModel, createWorld, HOUR, START, type World } from '../test-world.ts';
import { type StoredProfile, writeProfiles } from '../write-profiles.ts';
import { readWritten } from './read-facts.ts';
import { storedFacts } from './stored-facts.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

test('what was written one by one is told as the lake would tell it', async () => {
  await addModel(world, 'told', { x: 'numeric' });
  const rows: StoredProfile[] = [];
  for (let hour = 0; hour < 60; hour++)
    for (const [column, n] of [
      ['_all', 4],
      ['x', hour % 3],
    ] as const)
      if (n > 0)
        rows.push({
          column,
          time: START + hour * HOUR,
          version: `v${hour % 2}`,
          profile: { ...EMPTY_PROFILE, n },
        });
  const revision = START + 1_000_000;
  await writeProfiles(world.ctx.lake, { model: 'told', source: '', revision }, rows);
  const range = { model: 'told', revision, from: START, to: START + 60 * HOUR };
  const options = { newest: START + 59 * HOUR, bucketMs: HOUR };
  const sorted = ({ columns, traffic, versions }: ReturnType<typeof storedFacts>) => ({
    columns: [...columns].sort(([a], [b]) => (a < b ? -1 : 1)),
    traffic: traffic.toSorted((a, b) => a.time - b.time),
    versions: versions.toSorted((a, b) => (a.version < b.version ? -1 : 1)),
  });
  const told = sorted(storedFacts([...rows, rows[0]!], options));
  expect(told).toEqual(sorted(await readWritten(world.ctx, range, options)));
  expect(told.traffic).toHaveLength(48);
});
