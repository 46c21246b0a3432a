import { afterEach, beforeEach, expect, test } from 'vitest';
import { IncidentChange } from '../../contract/incident.ts';
import type { Lake } from '../store/lake/lake.ts';
import { changeIncident } from './change-incident.ts';
import { getIncident } from './get-incident.ts';
import { type IncidentsWorld, incidentsWorld } from './testing/world.ts';

const TREES = { missing_values: 'Is the load late?\n  yes: Restart it\n  no: Ask the owner', any: 'Look' };
const RESTART = 'Is the load late? › Restart it';

let world: IncidentsWorld;
/** Nothing was profiled. */
let ctx: IncidentsWorld['ctx'];
beforeEach(async () => {
  world = await incidentsWorld();
  await world.model('m', { decisions: JSON.stringify(TREES) });
  await world.decide({ of: 'm/missing income', to: 'firing', at: 900 });
  await world.run();
  ctx = { ...world.ctx, lake: { query: async () => [] } as unknown as Lake };
});
afterEach(() => world.close());

const id = async () => (await world.incidents())[0]!.id;
const change = async (body: object) =>
  changeIncident(ctx, await id(), IncidentChange.parse(body), async () => {});

test('the tree of the likeliest cause is shown, of what a person found before it, and any without its own', async () => {
  const shown = async () => (await getIncident(ctx, await id())).decisions;
  expect(await shown()).toMatchObject([
    { model: 'm', cause: 'missing_values', steps: [{ depth: 0 }, { key: RESTART, answer: 'yes' }, {}] },
  ]);
  await change({ found: 'label_delay' });
  expect(await shown()).toMatchObject([{ cause: 'any', steps: [{ text: 'Look', done: null }] }]);
});

test('steps are ticked and taken back, with who and when in the timeline; one that no tree has is refused', async () => {
  const before = (await getIncident(ctx, await id())).revision;
  const ticked = await change({ step: { key: RESTART, done: true } });
  expect(ticked.decisions[0]!.steps[1]!.done).toMatchObject({ by: expect.any(String) });
  expect(ticked.revision).toBe(before);
  const back = await change({ step: { key: RESTART, done: false } });
  expect(back.decisions[0]!.steps[1]!.done).toBeNull();
  expect(back.timeline.slice(-2).map(({ kind, text }) => [kind, text])).toEqual([
    ['step_done', RESTART],
    ['step_undone', RESTART],
  ]);
  await expect(change({ step: { key: 'Restart everything', done: true } })).rejects.toMatchObject({
    code: 'invalid_request',
  });
});
