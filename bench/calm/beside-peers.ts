import { type Random, random } from '../../stats/random.ts';
import { alarmsOfOurs } from './ours.ts';
import { evidentlyAlarm, nannymlAlarms } from './peers.ts';
import { drawn, halves } from './rows.ts';
import { SHIFTS } from './shifts.ts';
import { type MemoryColumn, type MemoryTable, readTables } from './tables.ts';

const SIZES = [200, 1_000, 10_000, 100_000];
/** Share of drifted columns from which Evidently calls the table drifted. */
const EVIDENTLY_TABLE = 0.5;

/** Alarms without drift and with a shift, of ours and of what others do by their definitions. @param effort share of the repetitions. */
export async function besidePeers(folder: string, effort: number): Promise<void> {
  const next: Random = random(2026);
  const REPETITIONS = [200, 200, 40, 8].map((count) => Math.max(1, Math.round(count * effort)));
  const tables = await readTables(folder);
  console.log('### Without drift\n');
  console.log('Share of checks with any alarm, both windows drawn with replacement from the same table; in the last column, alarms per chunk and column.\n'); // biome-ignore format: one sentence
  console.log(
    '| table | rows a side | checks | Tiltmeter | Evidently, any column | Evidently, half the columns | NannyML, any column in any of 10 chunks | NannyML, one chunk of one column |',
  );
  console.log('|---|---|---|---|---|---|---|---|');
  for (const table of tables) {
    for (const [i, n] of SIZES.entries()) {
      calm(table, `${n.toLocaleString('en')}`, REPETITIONS[i]!, () => [
        drawn(table, n, next),
        drawn(table, n, next),
      ]);
    }
    calm(table, `halves, ${Math.floor(table.rows / 2).toLocaleString('en')}`, REPETITIONS[2]!, () =>
      halves(table, next),
    );
  }

  const adult = tables.find(({ name }) => name === 'Adult');
  if (adult) {
    console.log('\n### With an injected shift\n');
    console.log(
      'Share of checks that flag the shifted column of Adult (NannyML: in any of its ten chunks).\n',
    );
    console.log('| shift | rows a side | checks | Tiltmeter | Evidently | NannyML |');
    console.log('|---|---|---|---|---|---|');
    for (const shift of SHIFTS) {
      for (const [i, n] of SIZES.entries()) {
        const checks = Math.max(1, Math.round(REPETITIONS[i]! / 2));
        const found = { ours: 0, evidently: 0, nannyml: 0 };
        for (let k = 0; k < checks; k++) {
          const before = drawn(adult, n, next);
          const after = drawn(adult, n, next).map((column) =>
            column.name === shift.column ? shift.apply(column, next) : column,
          );
          const pair = [before, after].map((side) => side.find(({ name }) => name === shift.column)!) as [MemoryColumn, MemoryColumn]; // biome-ignore format: one pair
          if (alarmsOfOurs(before, after).includes(shift.column)) found.ours++;
          if (evidentlyAlarm(...pair)) found.evidently++;
          if (nannymlAlarms(...pair).alarms > 0) found.nannyml++;
        }
        const cells = [found.ours, found.evidently, found.nannyml].map((count) => percent(count, checks));
        console.log(`| ${[shift.title, n.toLocaleString('en'), checks, ...cells].join(' | ')} |`);
      }
    }
  }
}

function calm(
  table: MemoryTable,
  title: string,
  checks: number,
  windows: () => [MemoryColumn[], MemoryColumn[]],
): void {
  const alarmed = { ours: 0, evidently: 0, evidentlyTable: 0, nannyml: 0 };
  let chunks = 0;
  let chunkAlarms = 0;
  for (let k = 0; k < checks; k++) {
    const [before, after] = windows();
    if (alarmsOfOurs(before, after).length > 0) alarmed.ours++;
    const drifted = before.filter((column, i) => evidentlyAlarm(column, after[i]!)).length;
    if (drifted > 0) alarmed.evidently++;
    if (drifted >= EVIDENTLY_TABLE * before.length) alarmed.evidentlyTable++;
    const scored = before.map((column, i) => nannymlAlarms(column, after[i]!));
    if (scored.some(({ alarms }) => alarms > 0)) alarmed.nannyml++;
    for (const one of scored) {
      chunks += one.chunks;
      chunkAlarms += one.alarms;
    }
  }
  const cells = [alarmed.ours, alarmed.evidently, alarmed.evidentlyTable, alarmed.nannyml].map((count) =>
    percent(count, checks),
  );
  console.log(`| ${[table.name, title, checks, ...cells, percent(chunkAlarms, chunks)].join(' | ')} |`);
}

function percent(count: number, of: number): string {
  const share = (100 * count) / Math.max(1, of);
  return `${share === 0 || share >= 10 || Number.isInteger(share) ? share.toFixed(0) : share.toFixed(1)} %`;
}
