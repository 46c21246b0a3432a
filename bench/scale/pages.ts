import type { Figure, Part } from '../scale.ts';
import { besides } from './besides.ts';
import { DAY, fillRows, makeModel, send } from './fill.ts';
import { call, ledgerNumber, type Served, serve, until, whileResting } from './served.ts';

const COLUMNS = 38;
const DAYS = 30;
/** Every how many predictions one has a label. */
const LABELLED = 10;
/** Statements that make the labels: one for all would need more memory than one may have. */
const PARTS = 5;
const TIMES = 7;
/** Models beside the large one, that a prediction is looked for in too. */
const OTHERS = 200;

/** What people open of one very large model, and what they change of it; other requests meanwhile. */
export const pages: Part = async ({ dir, rows = 10_000_000 }) => {
  const to = await bigModel(dir, rows);
  const server = await serve(dir);
  const beside = besides(server.address);
  const found = [...(await opened(server, to)), ...(await changed(server, dir, to))];
  const meanwhile = await beside.stop();
  await server.stop();
  return [...found, ...meanwhile, { what: 'server + host, peak, MB', value: server.peakBytes() / 1e6 }];
};

/** One model of a month with labels, rolled up and judged, among others; the end of its month. */
export async function bigModel(dir: string, rows: number): Promise<number> {
  const to = Math.floor(Date.now() / DAY) * DAY;
  await whileResting(dir, async (app) => {
    await makeModel(app, 'bench', COLUMNS);
    for (let i = 0; i < OTHERS; i++) await makeModel(app, `other${i}`, 3);
    const from = to - DAYS * DAY;
    await fillRows(app, { table: 'predictions_bench', columns: COLUMNS, rows, from, to });
    for (let part = 0; part < PARTS; part++) await app.ctx.lake.command(LABELS, { part, parts: PARTS });
    const typo = { model: 'other0', id: 'one-prediction', time: to, prediction: 'yes' };
    await send(app.address!, 'predictions', JSON.stringify(typo));
  });
  const server = await serve(dir);
  const judged = "SELECT min(evaluated_to) FROM judgements WHERE model = 'bench'";
  const labels = "SELECT labels FROM profile_heads WHERE model = 'bench'";
  await until(
    () => ledgerNumber(dir, judged) >= to - DAY && ledgerNumber(dir, labels) > (0.9 * rows) / LABELLED,
    500,
  );
  await server.stop();
  return to;
}

/** A label of every tenth prediction, as its score says it or not. */
const LABELS = `INSERT INTO tiltmeter.labels (model, id, label, label_number, time, source, received_at)
SELECT 'bench', _id, if((_score > 0.5) = (cityHash64(_id) % 10 > 1), 'yes', 'no'), NULL, _time, 'bench', now64(3)
FROM tiltmeter.predictions_bench WHERE cityHash64(_id, 1) % (${LABELLED} * {parts:UInt32}) = {part:UInt32}`;

const model = '/api/v1/models/bench';

/** Each address several times: its slowest answer, beside the one in the middle. */
export async function opened({ address }: Served, to: number): Promise<Figure[]> {
  const month = `from=${to - DAYS * DAY}&to=${to}`;
  const list = (query: string) => `${model}/predictions?${month}&limit=100&${query}`;
  const pages: [string, string][] = [
    ['the model', model],
    ['its columns, a month', `${model}/columns?${month}`],
    ['its columns, its window', `${model}/columns`],
    ['its traffic, a month', `${model}/traffic?${month}`],
    ['its set-up', `${model}/setup`],
    ['search: words', '/api/v1/search?q=f1%20bench'],
    [`search: a prediction in ${OTHERS + 1} models`, '/api/v1/search?q=one-prediction'],
    ['predictions, newest first, counted', list('total=true')],
    ['sorted by score, counted', list('total=true&sort=_score:desc')],
    ['sorted by a category, counted', list('total=true&sort=c4:asc')],
    ['a number that is rare, counted', list('total=true&where=f0:gt:0.999')],
    ['a text that is nowhere, counted', list('total=true&where=c4:contains:nowhere')],
    ['wrong ones, counted', list('total=true&where=_label:eq:yes&where=_score:lt:0.1')],
    ['without a label, sorted, counted', list('total=true&where=_label:missing&sort=_score:asc')],
    ['reasons of rejects', '/api/v1/rejects/reasons'],
    ['audit log', '/api/v1/audit?limit=200'],
    ['audit log verified', '/api/v1/audit/verify'],
  ];
  const figures: Figure[] = [];
  for (const [what, path] of pages) {
    process.stderr.write(`${what}\n`);
    figures.push(await timed(what, () => call(address, 'GET', path)));
  }
  for (const kind of ['drift', 'volume', 'performance']) {
    const trial = JSON.stringify({ model: 'bench', kind, options: {}, days: DAYS });
    figures.push(
      await timed(`preview of ${kind}`, () =>
        call(address, 'POST', '/api/v1/monitors/preview', trial, 'json'),
      ),
    );
  }
  return figures;
}

async function timed(what: string, ask: () => Promise<unknown>): Promise<Figure> {
  const took: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    const began = performance.now();
    await ask();
    took.push(performance.now() - began);
  }
  took.sort((a, b) => a - b);
  const figure = { what: `${what}, slowest of ${TIMES}, ms`, value: took.at(-1)! };
  return { ...figure, yardstick: took[(TIMES - 1) / 2]!, of: 'in the middle, ms' };
}

/** What people change of it, the smaller changes first; seconds until it is done. */
export async function changed({ address }: Served, dir: string, to: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  const seconds = async (what: string, ask: () => Promise<unknown>, done?: string) => {
    const began = performance.now();
    const note = (how: string) => {
      const value = (performance.now() - began) / 1000;
      process.stderr.write(`${what}: ${how} after ${value.toFixed(1)} s\n`);
      figures.push({ what: `${what}: ${how}, s`, value });
    };
    await ask();
    note('answered');
    if (done === undefined) return;
    await until(() => ledgerNumber(dir, done) === 0, 250);
    note('done');
  };
  const json = (method: string, path: string, body: unknown) =>
    call(address, method, path, JSON.stringify(body), 'json');
  const unfinished = 'SELECT count(*) FROM removals WHERE finished_at IS NULL';
  const file = `${model}/export/predictions?from=${to - DAYS * DAY}&to=${to}&where=_label:eq:yes`;
  await seconds('100,000 predictions exported', () => call(address, 'GET', file, undefined, 'file'));
  await seconds('a column is taken for an identifier', () =>
    json('PATCH', model, { columns: { c9: { type: 'identifier' } } }),
  );
  const window = { from: to - 20 * DAY, to: to - 10 * DAY };
  await seconds(
    'a reference is given: the history judged anew',
    () => json('POST', `${model}/references`, { name: 'chosen', kind: 'fixed', ...window, default: true }),
    "SELECT count(*) FROM models m LEFT JOIN judged_as j ON j.model = m.id WHERE m.id = 'bench' AND (j.looked_at IS NULL OR j.looked_at < m.updated_at OR j.reference NOT LIKE '%chosen%' OR (SELECT evaluated_to FROM judgements WHERE model = 'bench') < j.again_to)",
  );
  await seconds(
    'a column is removed',
    () => call(address, 'DELETE', `${model}/columns/f3?confirm=f3`),
    unfinished,
  );
  await seconds(
    'the model is merged into another',
    () => json('POST', `${model}/merge`, { into: 'other0', confirm: 'bench' }),
    unfinished,
  );
  await seconds(
    'the other is removed',
    () => call(address, 'DELETE', '/api/v1/models/other0?confirm=other0'),
    unfinished,
  );
  return figures;
}
