import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { random } from '../../../stats/random.ts';
import { identifier } from '../../../tables/identifier.ts';
import { columnName } from './column-name.ts';
import { createModelTable } from './model-table.ts';
import { openLake } from './open.ts';
import { renameColumns } from './rename-columns.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
/** Of the second and the third the values are copied, which takes a while; of the last the engine thinks they are of the first. */
const FEATURES = ['age', 'n.a', 'n.b', 'Größe (cm)', 'age.null'];
const ROWS = 240_000;
const PARTS = 6;

/** The engine's process: the only child that a test of the lake has. */
function killEngine(): void {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n');
  for (const [pid, parent, ...args] of lines.map((line) => line.trim().split(/\s+/)))
    if (Number(parent) === process.pid && args.some((arg) => arg.endsWith('/host.ts')))
      process.kill(Number(pid), 'SIGKILL');
}

test('killed at any moment while columns are renamed, it goes on at the next start and every value is there', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'tiltmeter-rename-kill-'));
  const next = random(11);
  let lake = await openLake({ dataDir, log });
  try {
    for (let round = 0; round < 2; round++) {
      const table = `predictions_r${round}`;
      await createModelTable(lake, table);
      const columns = FEATURES.map((name) => `ADD COLUMN ${identifier(name)} Nullable(Float64)`);
      await lake.command(`ALTER TABLE tiltmeter.${table} ${columns.join(', ')}`);
      for (let part = 0; part < PARTS; part++)
        await lake.command(
          `INSERT INTO tiltmeter.${table} (_id, _time, ${FEATURES.map(identifier).join(', ')})
SELECT toString(number), toDateTime64('2026-01-05 00:00:00', 3, 'UTC') + ${part * 31} * 86400, ${FEATURES.map((_, i) => `number + ${i}`).join(', ')}
FROM numbers(${ROWS / PARTS})`,
        );
      for (let kill = 0; kill < 4; kill++) {
        const renaming = renameColumns(lake).catch(() => 'killed');
        await Promise.race([renaming, sleep(next() * 400)]);
        killEngine();
        await renaming;
        await lake.close();
        lake = await openLake({ dataDir, log });
      }
      const sums = FEATURES.map((name, i) => `sum(${columnName(name)}) - sum(_f_age) AS s${i}`);
      const counts = FEATURES.map((name, i) => `count(${columnName(name)}) AS n${i}`);
      const [row] = await lake.query<Record<string, number>>(
        `SELECT ${[...sums, ...counts].join(', ')}, sum(_f_age) AS ages FROM tiltmeter.${table}`,
      );
      const each = ROWS / PARTS;
      const n = each * PARTS;
      expect(Number(row!.ages)).toBe((PARTS * each * (each - 1)) / 2);
      FEATURES.forEach((name, i) => {
        expect(Number(row![`n${i}`]), name).toBe(n);
        expect(Number(row![`s${i}`]), name).toBe(i * n);
      });
    }
  } finally {
    await lake.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});
