import { announce } from '../../server/events/write/announce.ts';
import { rollUp } from '../../server/profiles/roll-up/roll-up.ts';
import { columnName } from '../../server/store/lake/column-name.ts';
import type { TestApp } from '../../test/app.ts';

export const MODEL = 'large';
const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** A month up to yesterday: labels take a day. */
const DAYS = 30;
/** From here on a fifth of the model's segments is answered by lot. */
const HURT_DAYS = 5;
const NUMBERS = Array.from({ length: 10 }, (_, i) => `f${i}`);
const REGIONS = 20;
/** Rows that one statement makes: its attributions are maps, and have to fit the memory of a statement. */
const PIECE = 250_000;
/** One prediction in so many has no label, brought attributions, was answered by the newer version. */
const UNLABELLED = 10;
const EXPLAINED = 4;
const NEWER = 3;

export interface Month {
  readonly from: number;
  readonly to: number;
}

/**
 * A model of so many rows over a month as large services have them: two versions beside each other, twenty segments, protected attributes with
 * their combinations, labels of nine tenths, attributions of a quarter, a reference, monitors by segment; rolled up and judged. Rows are
 * made within the engine; the way through the API is measured elsewhere.
 */
export async function fillLabelled({ app, json }: TestApp, rows: number): Promise<Month> {
  const to = Math.floor(Date.now() / DAY) * DAY;
  const from = to - DAYS * DAY;
  const must = async (method: string, path: string, body: unknown) => {
    const { status, body: reply } = await json(method, `/api/v1${path}`, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(reply)}`);
  };
  if ((await json('GET', `/api/v1/models/${MODEL}`)).status === 200) return { from, to };
  const said = (what: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${what}\n`);
  const types = Object.fromEntries(NUMBERS.map((name) => [name, { type: 'numeric' }]));
  const category = { type: 'categorical' };
  await must('POST', '/models', {
    ...{
      id: MODEL,
      name: 'Credit risk',
      owner: 'lending@example.org',
      task: 'binary',
      positive_label: 'yes',
    },
    columns: { ...types, region: category, gender: category, age_band: category },
    ...{ segments: ['region'], protected: ['gender', 'age_band'], label_delay_ms: DAY },
  });
  // One row through the door, so that its answers have columns.
  await must('POST', '/predictions', [
    { model: MODEL, id: 'first', time: from, version: '1', prediction: 'yes', score: 0.5 },
  ]);
  for (let first = 0; first < rows; first += PIECE) {
    const range = { first, n: Math.min(PIECE, rows - first), from, step: (to - from) / rows };
    const hurt = { hurt: to - HURT_DAYS * DAY, now: Date.now() };
    await app.ctx.lake.command(PREDICTIONS, { ...range, ...hurt });
    await app.ctx.lake.command(LABELS, { ...range, ...hurt });
  }
  said('rows are there');
  const newest = Date.now();
  await announce(app.ctx.ledger, [
    { model: MODEL, kind: 'predictions', newest },
    { model: MODEL, kind: 'labels', newest },
  ]);
  for (let run = 0; run < 2; run++) await rollUp(app.ctx, MODEL, { to: app.ctx.stamps.mark() });
  said('rolled up');
  const week = { from: to - DAYS * DAY, to: to - (DAYS - 7) * DAY };
  await must('POST', `/models/${MODEL}/references`, {
    kind: 'fixed',
    name: 'First week',
    default: true,
    ...week,
  });
  await must('POST', '/monitors', { model: MODEL, kind: 'performance', options: { by: 'segment' } });
  await must('POST', '/changes', {
    model: MODEL,
    kind: 'deploy',
    title: 'Version 2 beside version 1',
    version: '2',
    time: from + 7 * DAY,
  });
  for (const job of ['models', 'incidents']) await app.runJob(job);
  said('judged');
  return { from, to };
}

/** Which of a few names a row has, by its number. */
const oneOf = (names: readonly string[], salt: number) =>
  `[${names.map((name) => `'${name}'`).join(', ')}][1 + cityHash64(number, ${salt}) % ${names.length}]`;

const COLUMNS: Readonly<Record<string, string>> = {
  _id: "concat('p', toString(number))",
  _time: "fromUnixTimestamp64Milli(toInt64({from:Int64} + number * {step:Float64}), 'UTC')",
  _received_at: "fromUnixTimestamp64Milli({now:Int64}, 'UTC')",
  _version: `if(cityHash64(number, 1) % ${NEWER} = 0 AND number * {step:Float64} > ${7 * DAY}, '2', '1')`,
  _score: '(cityHash64(number, 2) % 10000) / 10000',
  _prediction: "if(_score > 0.5, 'yes', 'no')",
  _latency_ms: 'randExponential(0.05) + 5',
  _attributions: `if(cityHash64(number, 3) % ${EXPLAINED} = 0, map(${NUMBERS.map((name, i) => `'${name}', randNormal(0, ${i + 1}, ${i})`).join(', ')}), map())`,
  region: `concat('region ', toString(1 + cityHash64(number, 4) % ${REGIONS}))`,
  gender: oneOf(['female', 'male'], 5),
  age_band: oneOf(['18 to 29', '30 to 44', '45 to 64', '65 and older'], 6),
  ...Object.fromEntries(NUMBERS.map((name, i) => [name, `randNormal(${i}, ${10 ** (i % 3)}, ${100 + i})`])),
};

const ROWS = 'FROM numbers({first:UInt64}, {n:UInt64})';
const stored = (name: string) => (name.startsWith('_') ? name : columnName(name));

const PREDICTIONS = `INSERT INTO tiltmeter.predictions_${MODEL} (${Object.keys(COLUMNS).map(columnName).join(', ')})
SELECT ${Object.entries(COLUMNS)
  .map(([name, made]) => `${made} AS ${stored(name)}`)
  .join(', ')} ${ROWS}`;

/** As the score promises; towards the end of the month by lot in a fifth of the regions. */
const LABELS = `INSERT INTO tiltmeter.labels (model, id, label, label_number, time, source, received_at)
SELECT '${MODEL}', ${COLUMNS._id}, if(chance > if(lot, 0.5, score), 'no', 'yes'), NULL, at + INTERVAL 1 DAY, 'billing', ${COLUMNS._received_at}
FROM (
  SELECT number, ${COLUMNS._score} AS score, ${COLUMNS._time} AS at, (cityHash64(number, 7) % 10000) / 10000 AS chance,
    cityHash64(number, 4) % ${REGIONS} % 5 = 0 AND at >= fromUnixTimestamp64Milli({hurt:Int64}, 'UTC') AS lot
  ${ROWS}
) WHERE cityHash64(number, 8) % ${UNLABELLED} > 0`;
