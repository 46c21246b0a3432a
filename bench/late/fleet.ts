import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { App } from '../../server/app.ts';
import { announce } from '../../server/events/write/announce.ts';
import { addModel } from '../../server/profiles/test-world.ts';
import { columnName } from '../../server/store/lake/column-name.ts';
import { modelTableName } from '../../server/store/lake/model-table.ts';
import { LABELS, SCORE } from '../scale/late.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A prediction of each model a minute. */
export const EVERY = MINUTE;
/** Labels take this long on average, as waiting times do that have no memory: from hours to days. */
const LATE_MS = 2 * DAY;
/** The name of the one whose history the others are given: no other text has it in it. */
const SEED = 'seed0model';
/** Models whose history is stored by one statement. */
const TOGETHER = 50;

export const nameOf = (i: number) => `late-${i}`;

/** One model whose first days have come, been rolled up and judged. `tick` moves the clock on and tells it. */
export async function makeSeed(
  app: App,
  { from, to }: { readonly from: number; readonly to: number },
  tick: () => number,
): Promise<void> {
  const columns = { _prediction: 'categorical', amount: 'numeric', country: 'categorical' } as const;
  await addModel({ ctx: app.ctx }, SEED, columns, { task: 'binary', positive_label: 'yes' });
  // Day by day, as it would have come: what is learned of a model is learned in that order.
  for (let day = from; day < to; day += DAY) {
    const until = Math.min(to, day + DAY);
    await arrive(app, [SEED], { start: from, from: day, to: until, now: tick() });
    tick();
    await app.runJob('models');
  }
}

/** Predictions and labels of models that come from one moment to another. `start`: of the first prediction; `now`: their stamp. */
export async function arrive(
  { ctx }: App,
  models: readonly string[],
  { start, from, to, now }: { start: number; from: number; to: number; now: number },
): Promise<void> {
  const [first, end] = [(from - start) / EVERY, (to - start) / EVERY];
  const common = { start, every: EVERY, now };
  for (const id of models)
    await ctx.lake.command(PREDICTIONS(modelTableName(id)), { ...common, first, n: end - first });
  await ctx.lake.command(
    LABELS,
    { ...common, from, to, mean: LATE_MS, n: end, models: [...models] },
    { maxSeconds: 300 },
  );
  await announceOf({ ctx }, models, now);
}

/** Says that predictions and labels of these models came with a stamp. */
export async function announceOf(
  { ctx }: Pick<App, 'ctx'>,
  models: readonly string[],
  stamp: number,
): Promise<void> {
  // The way in tells of what comes ten seconds ahead.
  const newest = stamp + 10_000;
  const kinds = ['predictions', 'labels'] as const;
  await announce(
    ctx.ledger,
    models.flatMap((model) => kinds.map((kind) => ({ model, kind, newest }))),
  );
}

/** The history of the seed as that of others. */
export async function copyLake(app: App, models: readonly string[]): Promise<void> {
  const { lake } = app.ctx;
  for (const id of models) {
    const [own, seed] = [modelTableName(id), modelTableName(SEED)];
    await lake.command(`CREATE TABLE tiltmeter.${own} AS tiltmeter.${seed}`);
    await lake.command(`INSERT INTO tiltmeter.${own} SELECT * FROM tiltmeter.${seed}`);
  }
  const limits = { maxSeconds: 600, maxMemoryBytes: 550e6 };
  for (let i = 0; i < models.length; i += TOGETHER) {
    const some = models.slice(i, i + TOGETHER);
    for (const [table, replaced] of COPIED)
      await lake.command(
        `INSERT INTO tiltmeter.${table} SELECT * REPLACE (${replaced}) FROM tiltmeter.${table}
         ARRAY JOIN {models:Array(String)} AS of_model WHERE model = {seed:String}
         SETTINGS max_insert_threads = 1, max_threads = 1`,
        { seed: SEED, models: some },
        limits,
      );
  }
}

const COPIED = [
  ['labels', 'of_model AS model'],
  ['labelled', 'of_model AS model'],
  ['profiles', 'of_model AS model'],
  ['signal_values', "of_model AS model, concat(monitor, '-', of_model) AS monitor"],
] as const;

/** What the ledger knows of the seed, said of others: no server is running. */
export function copyLedger(dataDir: string, models: readonly string[]): void {
  const ledger = new DatabaseSync(join(dataDir, 'ledger.db'));
  try {
    const known = ledger
      .prepare('SELECT id FROM monitors UNION SELECT id FROM alerts UNION SELECT id FROM "references"')
      .all();
    const ids = new RegExp(known.map(({ id }) => String(id)).join('|'), 'g');
    ledger.exec('BEGIN');
    for (const [table, where] of sourcesOf(ledger)) {
      const rows = ledger.prepare(`SELECT * FROM "${table}" WHERE ${where}`).all(SEED);
      const names = Object.keys(rows[0] ?? {});
      if (names.length === 0) continue;
      const columns = names.map((name) => `"${name}"`).join(', ');
      const insert = ledger.prepare(
        `INSERT INTO "${table}" (${columns}) VALUES (${names.map(() => '?').join(', ')})`,
      );
      for (const model of models)
        for (const row of rows) insert.run(...names.map((name) => saidOf(model, row[name]!, ids)));
    }
    ledger.exec('COMMIT');
  } finally {
    ledger.close();
  }
}

/** These models have nothing to roll up or to judge, whatever is said to have come. */
export function leaveAlone(dataDir: string, models: readonly string[]): void {
  const ledger = new DatabaseSync(join(dataDir, 'ledger.db'));
  try {
    const never = Number.MAX_SAFE_INTEGER;
    const head = ledger.prepare(
      `UPDATE profile_heads SET first = NULL, next_at = NULL, rolled_up_to = ${never}, labelled_to = ${never}, outcomes_to = ${never}, sent_to = ${never} WHERE model = ?`,
    );
    const judgement = ledger.prepare(
      `UPDATE judgements SET due_at = NULL, judged_revision = ${never} WHERE model = ?`,
    );
    ledger.exec('BEGIN');
    for (const model of models) for (const change of [head, judgement]) change.run(model);
    ledger.exec('COMMIT');
  } finally {
    ledger.close();
  }
}

/** Tables with rows of a model, and which of their rows are of it. */
function sourcesOf(ledger: DatabaseSync): (readonly [string, string])[] {
  const tables = ledger.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  const named = ledger.prepare("SELECT 1 FROM pragma_table_info(?) WHERE name = 'model'");
  return [
    ['models', 'id = ?'],
    ...tables.flatMap(({ name }) =>
      named.get(name!) === undefined || LEFT.has(String(name)) ? [] : [[String(name), 'model = ?'] as const],
    ),
    ['alert_checkpoints', 'alert IN (SELECT id FROM alerts WHERE model = ?)'],
  ];
}

function saidOf(model: string, value: SQLInputValue, ids: RegExp): SQLInputValue {
  if (typeof value !== 'string') return value;
  const table = value.replaceAll(modelTableName(SEED), modelTableName(model));
  return table.replaceAll(SEED, model).replace(ids, `$&-${model}`);
}

/** What is made anew of each model: who owns it, and what was told of it. */
const LEFT = new Set(['owners', 'alert_transitions', 'incidents']);

/** Parameters: start, first, n, every, now. */
const PREDICTIONS = (table: string) => `INSERT INTO tiltmeter.${table}
  (_id, _time, _version, _received_at, _score, _prediction, _latency_ms, ${columnName('amount')}, ${columnName('country')})
SELECT toString(number), fromUnixTimestamp64Milli(toInt64({start:Int64} + number * {every:Int64}), 'UTC'), 'v1',
  fromUnixTimestamp64Milli({now:Int64}, 'UTC'), ${SCORE} AS s, if(s > 0.5, 'yes', 'no'), 10 + cityHash64(number, 5) % 7,
  cityHash64(number, 2) % 100, concat('c', toString(cityHash64(number, 6) % 9))
FROM numbers({first:UInt64}, {n:UInt64})`;
