import type { LocatedPage } from '../beside/queries.ts';
import { goRoad, type Road } from '../beside/road.ts';
import { OUTCOME, OUTCOME_METRICS } from '../profile.ts';
import { OUTCOMES } from '../roll-up/held.ts';
import { planOf, type Run, reserve, write } from '../roll-up/run.ts';
import {
  BY_TIME,
  FREQUENT_METRICS,
  JOINED,
  JOINED_ROWS,
  OUTCOME_STRETCH,
  OUTCOMES_BESIDE,
} from './queries.ts';
import { outcomeStatements } from './statements.ts';

/** Outcomes that one statement takes on. */
const VALUES = 250_000;

const background = { background: true };

const ROAD: Road = {
  beside: OUTCOMES_BESIDE,
  held: OUTCOMES,
  stretch: OUTCOME_STRETCH,
  rows: ({ predictions }) => predictions,
  async byTime(run, { since, until }) {
    await reserve(run);
    run.done.beside.outcomes.located = true;
    const params = { model: run.model.id, came_since: since, came_until: until, revision: run.revision };
    await run.ctx.lake.command(BY_TIME, params, background);
  },
  located: () => ({
    table: JOINED,
    name: 'toString(metric)',
    column: OUTCOMES,
    apart: OUTCOME_METRICS,
  }),
  stored: JOINED_ROWS,
  write: async (run, page, sizes) =>
    write(run, ...outcomeStatements(planOf(run), sizes, await metricsApart(run, page), VALUES)),
};

/** Counts the outcomes that came since the last time. `everything`: of all buckets that have outcomes. */
export function rollUpOutcomes(run: Run, arrivals: boolean, everything: boolean): Promise<void> {
  return goRoad(run, ROAD, arrivals, everything);
}

/** Metrics with profiles of their own: those that have some, and the most frequent others while there is room. */
async function metricsApart(run: Run, page: LocatedPage): Promise<string[]> {
  const { done, known, model, ctx } = run;
  const profiled = [...known.keys()].filter((name) => name.startsWith(OUTCOME));
  const own = new Set([...profiled.map((name) => name.slice(OUTCOME.length)), ...done.outcomesApart]);
  const strange = page.names.filter((name) => !own.has(name));
  if (own.size < OUTCOME_METRICS && own.size + strange.length > OUTCOME_METRICS) {
    const params = { model: model.id, most: 2 * OUTCOME_METRICS };
    const rows = await ctx.lake.query<{ name: string }>(FREQUENT_METRICS, params, background);
    strange.splice(0, strange.length, ...rows.map(({ name }) => name));
  }
  for (const name of strange) if (own.size < OUTCOME_METRICS) own.add(name);
  done.outcomesApart = [...own];
  return done.outcomesApart;
}
