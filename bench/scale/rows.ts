import { columnName } from '../../server/store/lake/column-name.ts';
import type { Part } from '../scale.ts';
import { DAY, fillRows, makeModel, names } from './fill.ts';
import { ledgerNumber, serve, until, whileResting } from './served.ts';

const COLUMNS = 38;

/** One model, all its rows arriving at once: rolled up whole. */
export const rows: Part = async ({ dir, rows = 10_000_000 }) => {
  const to = Math.floor(Date.now() / DAY) * DAY;
  const read = await whileResting(dir, async (app) => {
    await makeModel(app, 'bench', COLUMNS);
    await fillRows(app, { table: 'predictions_bench', columns: COLUMNS, rows, from: to - 30 * DAY, to });
    const numbers = names(COLUMNS).filter(({ type }) => type === 'numeric');
    const sums = numbers.map(({ name }) => `sum(asinh(${columnName(name)}))`).join(', ');
    const began = performance.now();
    await app.ctx.lake.query(`SELECT ${sums} FROM tiltmeter.predictions_bench`, {}, { maxSeconds: 300 });
    return performance.now() - began;
  });
  const server = await serve(dir);
  const sql = "SELECT predictions FROM profile_heads WHERE model = 'bench'";
  const took = await until(() => ledgerNumber(dir, sql) >= rows, 250);
  await server.stop();
  return [
    {
      what: `${rows.toLocaleString('en')} rows × ${COLUMNS} columns rolled up, s`,
      value: took / 1000,
      yardstick: read / 1000,
      of: 'one pass over the numbers, s',
    },
    { what: 'server + host, peak, MB', value: server.peakBytes() / 1e6 },
  ];
};
