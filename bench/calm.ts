import { type Random, random, randomInteger, shuffle } from '../stats/random.ts';
import { alarmsOfOurs } from './calm/ours.ts';
import { evidentlyAlarm, nannymlAlarms } from './calm/peers.ts';
import { SHIFTS } from './calm/shifts.ts';
import { type MemoryColumn, type MemoryTable, readTables } from './calm/tables.ts';

/** Usage: node bench/calm.ts [folder with the other public tables] [share of the repetitions, default 1] */
const folder = process.argv[2] ?? '.';
const effort = Number(process.argv[3] ?? 1);
const SIZES = [200, 1_000, 10_000, 100_000];
const REPETITIONS = [200, 200, 40, 8].map((count) => Math.max(1, Math.round(count * effort)));
/** Share of drifted columns from which Evidently calls the table drifted. */
const EVIDENTLY_TABLE = 0.5;
const next = random(2026);

const tables = await readTables(folder);
console.log('### Without drift\n');
console.log('Share of checks with any alarm, both windows drawn with replacement from the same table; in the last column, alarms per chunk and column.\n'); // biome-ignore format: one sentence
console.log(
  '| table | rows a side | checks | Tiltmeter | Evidently, any column | Evidently, half the columns | NannyML, any column in any of 10 chunks | NannyML, one chunk of one column |',
);
console.log('|---|---|---|---|---|---|---|---|');
for (const table of tables) {
  for (const [i, n] of SIZES.entries()) {
    calm(table, `${n.toLocaleString('en')}`, REPETITIONS[i]!, () => [drawn(table, n), drawn(table, n)]);
  }
  calm(table, `halves, ${Math.floor(table.rows / 2).toLocaleString('en')}`, REPETITIONS[2]!, () =>
    halves(table),
  );
}

const adult = tables.find(({ name }) => name === 'Adult');
if (adult) {
  console.log('\n### With an injected shift\n');
  console.log('Share of checks that flag the shifted column of Adult (NannyML: in any of its ten chunks).\n');
  console.log('| shift | rows a side | checks | Tiltmeter | Evidently | NannyML |');
  console.log('|---|---|---|---|---|---|');
  for (const shift of SHIFTS) {
    for (const [i, n] of SIZES.entries()) {
      const checks = Math.max(1, Math.round(REPETITIONS[i]! / 2));
      const found = { ours: 0, evidently: 0, nannyml: 0 };
      for (let k = 0; k < checks; k++) {
        const before = drawn(adult, n);
        const after = drawn(adult, n).map((column) =>
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

/** n rows drawn with replacement: a window of the same population. */
function drawn(table: MemoryTable, n: number): MemoryColumn[] {
  return picked(
    table,
    Uint32Array.from({ length: n }, () => randomInteger(next as Random, table.rows)),
  );
}

function halves(table: MemoryTable): [MemoryColumn[], MemoryColumn[]] {
  const order = shuffle(Uint32Array.from({ length: table.rows }, (_, i) => i), next); // biome-ignore format: one call
  const half = Math.floor(table.rows / 2);
  return [picked(table, order.slice(0, half)), picked(table, order.slice(half, 2 * half))];
}

function picked(table: MemoryTable, rows: Uint32Array): MemoryColumn[] {
  return table.columns.map((column) => {
    const { values } = column;
    if (values instanceof Float64Array)
      return { ...column, values: Float64Array.from(rows, (row) => values[row]!) };
    return { ...column, values: Array.from(rows, (row) => values[row]!) };
  });
}

function percent(count: number, of: number): string {
  const share = (100 * count) / Math.max(1, of);
  return `${share === 0 || share >= 10 || Number.isInteger(share) ? share.toFixed(0) : share.toFixed(1)} %`;
}
