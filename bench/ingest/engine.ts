/**
 * What the engine takes by itself, a process of its own: the same rows as one flat object a line, plain
 * `INSERT … FORMAT JSONEachRow` into the same table with fsync, as many rows an insert as argv says.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Session } from 'chdb';
import { EVENT_SETTINGS } from '../../server/store/lake/layout.ts';
import { CATEGORICAL, NUMERIC, rows } from './bodies.ts';

const [batch, seconds] = process.argv.slice(2).map(Number) as [number, number];
const dir = mkdtempSync(join(tmpdir(), 'tiltmeter-bench-engine-'));
const session = new Session(dir);
const columns = [
  ...Array.from({ length: NUMERIC }, (_, n) => `number_${n} Nullable(Float64)`),
  ...Array.from({ length: CATEGORICAL }, (_, c) => `category_${c} LowCardinality(Nullable(String))`),
];
session.query(`CREATE TABLE plain (
  _id String, _time DateTime64(3, 'UTC'), ${columns.join(', ')}, _prediction Nullable(Float64),
  INDEX id _id TYPE bloom_filter(0.001) GRANULARITY 1
) ENGINE = MergeTree PARTITION BY toYYYYMM(_time) ORDER BY _time SETTINGS ${EVENT_SETTINGS}`);
const bodies = Array.from({ length: 24 }, (_, i) =>
  [...rows(i, batch, Date.now() - 3_600_000 + i * batch)]
    .map(({ id, time, features, prediction }) =>
      JSON.stringify({
        _id: id,
        _time: new Date(time).toISOString().slice(0, -1),
        ...features,
        _prediction: prediction,
      }),
    )
    .join('\n'),
);
const begun = performance.now();
let inserted = 0;
while (performance.now() - begun < seconds * 1000) {
  session.query(`INSERT INTO plain FORMAT JSONEachRow ${bodies[(inserted / batch) % bodies.length]}`);
  inserted += batch;
}
const rate = inserted / ((performance.now() - begun) / 1000);
const stored = Number(session.query('SELECT count() FROM plain', 'TabSeparated'));
if (stored !== inserted) throw new Error(`the engine has ${stored} of ${inserted} rows`);
process.stdout.write(JSON.stringify({ rate }));
session.cleanup();
rmSync(dir, { recursive: true, force: true });
