import type { Part } from '../scale.ts';
import { HOUR, lines, send } from './fill.ts';
import { ledgerNumber, serve, until } from './served.ts';

const COLUMNS = 10;
const REQUEST = 1000;

/** Many models replayed by one client: from the last acknowledged row until all are judged. */
export const replay: Part = async ({ dir, models = 60, rows = 20_000 }) => {
  const server = await serve(dir);
  const to = Math.floor(Date.now() / HOUR) * HOUR;
  const from = to - 10 * 24 * HOUR;
  const began = performance.now();
  for (let m = 0; m < models; m++)
    for (let start = 0; start < rows; start += REQUEST) {
      const time = (i: number) => Math.floor(from + ((to - from) * (start + i)) / rows);
      await send(
        server.address,
        'predictions',
        lines(`r${m}`, COLUMNS, Math.min(REQUEST, rows - start), (i) => `${m}-${start + i}`, time),
      );
    }
  const sent = performance.now() - began;
  // the newest hours may still be filling: all but them are to be judged
  const judged = await until(
    () =>
      ledgerNumber(dir, `SELECT count(*) FROM judgements WHERE evaluated_to >= ${to - 3 * HOUR}`) >= models,
    250,
  );
  await server.stop();
  return [
    {
      what: `${models} models × ${rows.toLocaleString('en')} rows: from the last acknowledged row until all are judged, s`,
      value: judged / 1000,
      yardstick: sent / 1000,
      of: 'sending them, s',
    },
  ];
};
