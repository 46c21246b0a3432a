import { setTimeout as sleep } from 'node:timers/promises';
import { type App, createApp } from '../server/app.ts';
import { JUDGED, LAST_HOUR } from './kill-rows.ts';

/** What was found after the last kill. */
export interface Seen {
  /** Ids that were acknowledged and are not in the lake. */
  readonly lost: readonly string[];
  /** Ids that are there more than once. */
  readonly twice: readonly string[];
  readonly stored: number;
  /** Alerts that entered a state, corrections apart, and incidents that were opened. */
  readonly decisions: number;
  readonly incidents: number;
  /** Decisions and openings that were recorded more than once. */
  readonly decidedTwice: readonly string[];
}

const JUDGED_WITHIN_MS = 300_000;

/** Starts the server once more on what is left, and compares it with what was acknowledged. */
export async function look(
  dataDir: string,
  acknowledged: ReadonlySet<string>,
  judging: boolean,
): Promise<Seen> {
  const app = createApp({ dataDir, port: 0, jobs: judging });
  await app.start();
  try {
    const rows: { id: string; n: number }[] = [];
    for (const model of ['common', 'rare', ...(judging ? [JUDGED] : [])])
      for (const row of await app.ctx.lake.query<{ id: string; n: number }>(
        `SELECT _id AS id, count() AS n FROM tiltmeter.predictions_${model} GROUP BY id`,
      ))
        rows.push(row);
    const found = new Set(rows.map(({ id }) => id));
    if (judging) await allJudged(app);
    return {
      lost: [...acknowledged].filter((id) => !found.has(id)),
      twice: rows.filter(({ n }) => Number(n) !== 1).map(({ id }) => id),
      stored: found.size,
      ...(await decisions(app)),
    };
  } finally {
    await app.stop();
  }
}

async function allJudged({ ctx }: App): Promise<void> {
  const until = performance.now() + JUDGED_WITHIN_MS;
  const done = async () => {
    const judged = await ctx.ledger
      .selectFrom('judgements')
      .select('evaluated_to')
      .where('model', '=', JUDGED)
      .executeTakeFirst();
    const incident = await ctx.ledger.selectFrom('incidents').select('id').executeTakeFirst();
    return Number(judged?.evaluated_to ?? 0) >= LAST_HOUR && incident !== undefined;
  };
  while (!(await done())) {
    if (performance.now() > until) throw new Error(`not judged within ${JUDGED_WITHIN_MS / 1000} s`);
    await sleep(500);
  }
}

/** An alert never enters the same state twice at one moment; an incident is opened once. */
async function decisions({ ctx }: App): Promise<Pick<Seen, 'decisions' | 'incidents' | 'decidedTwice'>> {
  const transitions = await ctx.ledger.selectFrom('alert_transitions').selectAll().execute();
  const entered = transitions
    .filter(({ from_state, to_state, correction }) => from_state !== to_state && correction === 0)
    .map(({ alert, time, to_state }) => `${alert} ${time} ${to_state}`);
  const opened = (
    await ctx.ledger.selectFrom('incident_events').select('incident').where('kind', '=', 'opened').execute()
  ).map(({ incident }) => `${incident} opened`);
  return {
    decisions: entered.length,
    incidents: new Set(opened).size,
    decidedTwice: [...repeated(entered), ...repeated(opened)],
  };
}

function repeated(all: readonly string[]): string[] {
  return [...Map.groupBy(all, (one) => one)].filter(([, same]) => same.length > 1).map(([one]) => one);
}
