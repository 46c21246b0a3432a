import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TiltmeterError } from '../../../contract/errors.ts';
import { arrowBatch } from './arrow/batch.ts';
import { columnName } from './column-name.ts';
import { engineCode, UNKNOWN_TABLE } from './engine-error.ts';
import type { Lake } from './lake.ts';
import { migrateLake, run } from './migrations.ts';
import { addColumns, createModelTable } from './model-table.ts';
import { dropMonthsBefore } from './retention.ts';
import { lakeRoom, sizesNow, tableSizes } from './sizes.ts';

/** A place where lakes are opened, again and again, over the same rows. */
export interface LakePlace {
  open(): Promise<Lake>;
  /** Removes the place. Every lake of it is closed before. */
  remove(): Promise<void>;
}

/** The specification of the lake: what every driver does. */
export function lakeContract(name: string, place: () => Promise<LakePlace>): void {
  describe(`lake contract: ${name}`, () => {
    let here: LakePlace;
    let lake: Lake;
    beforeAll(async () => {
      here = await place();
      lake = await here.open();
      await migrateLake(lake);
    });
    afterAll(async () => {
      await lake?.close();
      await here?.remove();
    });

    const code = async (promise: Promise<unknown>) => {
      const error = await promise.then(
        () => undefined,
        (error) => error,
      );
      expect(error).toBeInstanceOf(TiltmeterError);
      return (error as TiltmeterError).code;
    };
    const one = async (sql: string, params = {}) => (await lake.query<{ v: unknown }>(sql, params))[0]!.v;
    let tables = 0;
    const freshTable = async (columns: string, rest = 'ORDER BY tuple()') => {
      const table = `t${tables++}_${process.pid}`;
      await run(
        lake,
        `CREATE TABLE {table:${table}} (${columns}) ENGINE = {engine:MergeTree} ${rest} {shard_by:rand()}`,
      );
      return `tiltmeter.${table}`;
    };

    describe('parameters', () => {
      test.each([
        ['Int64', -42, -42],
        ['Int64', 9_007_199_254_740_991, 9_007_199_254_740_991],
        ['Int64', 1_767_225_600_123n, 1_767_225_600_123],
        ['UInt64', 18_446_744_073_709_551_615n, 2 ** 64],
        ['Float64', 1.5e-7, 1.5e-7],
        ['Float64', 1.7976931348623157e308, 1.7976931348623157e308],
        ['Float64', Number.NaN, null],
        ['Float64', Number.POSITIVE_INFINITY, null],
        ['Bool', true, true],
        ['Bool', false, false],
        ['String', '', ''],
        ['String', 'null', 'null'],
        ['String', '\\N', '\\N'],
        [
          'String',
          "it's {x:String} \\ \n\t\r\0 \u{1f30b} é ' or 1=1 --",
          "it's {x:String} \\ \n\t\r\0 \u{1f30b} é ' or 1=1 --",
        ],
        ['Nullable(String)', null, null],
        ['Nullable(Float64)', null, null],
        ['Array(String)', ['a', "b'\\,]", '', 'é\n'], ['a', "b'\\,]", '', 'é\n']],
        ['Array(String)', [], []],
        ['Array(Float64)', [1, -2.5], [1, -2.5]],
        ['Array(Int64)', [1, -2], [1, -2]],
        ["DateTime64(3,'UTC')", '2026-01-02 03:04:05.678', '2026-01-02 03:04:05.678'],
        ['LowCardinality(String)', 'x', 'x'],
      ])('%s takes %o', async (type, value, expected) => {
        expect(await one(`SELECT {v:${type}} AS v`, { v: value })).toEqual(expected);
      });

      test('a value never becomes SQL', async () => {
        const table = await freshTable('a String');
        const evil = `x'); DROP TABLE ${table}; --`;
        await lake.command(`INSERT INTO ${table} (a) VALUES ({evil:String})`, { evil });
        expect(await lake.query(`SELECT a FROM ${table} WHERE a = {evil:String}`, { evil })).toEqual([
          { a: evil },
        ]);
      });

      test('two thousand texts of all that ends or escapes a text come back as they were', async () => {
        const unit = fc.constantFrom(
          ...[
            "'",
            "''",
            "\\'",
            '"',
            '`',
            '\\',
            '\\\\',
            ';',
            '--',
            '/*',
            '*/',
            '\n',
            '\r',
            '\t',
            '\0',
            '\b',
            '\x1a',
          ],
          ...[
            '{',
            '}',
            '{v0:String}',
            'param_v0 = ',
            'SET ',
            "file('/etc/hostname')",
            '$$',
            '\\N',
            '\\x27',
            '\\u0027',
          ],
          ...['[', ']', ',', '(', ')', ' ', 'é', '🦉', '\u2028', '\ufeff', 'ʼ', '＇'],
        );
        const texts = fc.sample(fc.string({ unit, minLength: 1, maxLength: 9 }), { seed: 9, numRuns: 2000 });
        expect(await one('SELECT {v:Array(String)} AS v', { v: texts })).toEqual(texts);
        for (let i = 0; i < texts.length; i += 200) {
          const some = Object.fromEntries(texts.slice(i, i + 200).map((text, k) => [`v${k}`, text]));
          const asked = Object.keys(some).map((name) => `{${name}:String} AS ${name}`);
          expect((await lake.query(`SELECT ${asked.join()}`, some))[0]).toEqual(some);
        }
      });

      test('a long list of values fits', async () => {
        const ids = Array.from({ length: 20_000 }, (_, i) => `id-${i}-é`);
        expect(await one('SELECT length({ids:Array(String)}) AS v', { ids })).toBe(20_000);
      });

      test('a long list of values fits a command', async () => {
        const table = await freshTable('id String');
        const ids = Array.from({ length: 100_000 }, (_, i) => `id-${i}-é`);
        await lake.command(`INSERT INTO ${table} (id) SELECT arrayJoin({ids:Array(String)})`, { ids });
        expect(await one(`SELECT uniqExact(id) AS v FROM ${table}`)).toBe(100_000);
      });

      test('a parameter that is missing is an error, not the value of another statement', async () => {
        expect(await one('SELECT {x:Int64} AS v', { x: 7 })).toBe(7);
        expect(await code(lake.query('SELECT {x:Int64} AS v'))).toBe('internal');
      });

      test('braces in quotes and comments are no parameters', async () => {
        expect(await one("SELECT '{x:Int64}' AS v /* {y:Int64} */ -- {z:Int64}")).toBe('{x:Int64}');
      });

      test('bound in twelve statements at once, each sees its own', async () => {
        const values = Array.from({ length: 12 }, (_, i) => i);
        const seen = await Promise.all(
          values.map((x) =>
            one('SELECT {x:Int64} AS v FROM numbers(100000) WHERE number = {x:Int64}', { x }),
          ),
        );
        expect(seen).toEqual(values);
      });
    });

    describe('answers', () => {
      test('numbers are numbers, what is not finite is null, times are text in UTC', async () => {
        const [row] = await lake.query(`SELECT
          toUInt64(9007199254740991) AS u, toInt64(-5) AS i, toFloat64(0.1) AS f, nan AS n, -inf AS inf, NULL AS nothing,
          true AS b, toDecimal64(1.25, 2) AS d, toDateTime64('2026-02-03 04:05:06.007', 3, 'UTC') AS t,
          map('a', 1.5, 'b', nan) AS m, map(toInt32(-3), toUInt64(4)) AS grid, [1, 2] AS list, 'é\\n"\u{1f30b}' AS s`);
        expect(row).toEqual({
          u: 9007199254740991,
          i: -5,
          f: 0.1,
          n: null,
          inf: null,
          nothing: null,
          b: true,
          d: 1.25,
          t: '2026-02-03 04:05:06.007',
          m: { a: 1.5, b: null },
          grid: { '-3': 4 },
          list: [1, 2],
          s: 'é\n"\u{1f30b}',
        });
      });

      test('no rows are an empty list', async () => {
        expect(await lake.query('SELECT 1 AS a WHERE 0')).toEqual([]);
      });

      test('300,000 rows come back whole and in order', async () => {
        const rows = await lake.query<{ n: number; s: string }>(
          "SELECT number AS n, concat('row ', toString(number)) AS s FROM numbers(300000) ORDER BY n",
        );
        expect(rows).toHaveLength(300_000);
        expect(rows[299_999]).toEqual({ n: 299_999, s: 'row 299999' });
      });
    });

    describe('errors', () => {
      test('a table that does not exist: internal, with the number of the engine behind it', async () => {
        const error = await lake.query('SELECT * FROM tiltmeter.nothing').catch((error) => error);
        expect(error.code).toBe('internal');
        expect(engineCode(error)).toBe(UNKNOWN_TABLE);
      });

      test('broken SQL is an error and the next statement is none', async () => {
        expect(await code(lake.query('SELEC 1'))).toBe('internal');
        expect(await code(lake.command('CREATE TABLE'))).toBe('internal');
        expect(await one('SELECT 1 AS v')).toBe(1);
      });

      test('a statement over its time is stopped: query_too_large', async () => {
        const slow = lake.query(
          'SELECT sum(sipHash64(number)) FROM numbers(100000000000)',
          {},
          { maxSeconds: 1 },
        );
        expect(await code(slow)).toBe('query_too_large');
      });

      test('a statement over its memory is stopped: query_too_large', async () => {
        const large = lake.query(
          'SELECT groupArray(number) AS v FROM numbers(50000000)',
          {},
          { maxMemoryBytes: 50e6 },
        );
        expect(await code(large)).toBe('query_too_large');
        expect(await one('SELECT 2 AS v')).toBe(2);
      });

      test('an answer over the limit is refused: query_too_large', async () => {
        expect(await code(lake.query("SELECT repeat('x', 1000) AS v FROM numbers(1000000)"))).toBe(
          'query_too_large',
        );
      });

      test('work that nobody waits for gives way, and what comes after it does not', async () => {
        const nice = (background: boolean) =>
          lake.query("SELECT toInt64(getSetting('os_thread_priority')) AS v", {}, { background });
        expect(await nice(true)).toEqual([{ v: 14 }]);
        expect(await nice(false)).toEqual([{ v: 6 }]);
      });

      test('with 16 callers and a third of the statements failing, no answer is mixed with another', async () => {
        const bad = [
          'SELECT number, throwIf(number = 150000) FROM numbers(200000)',
          'SELECT * FROM tiltmeter.nothing',
          "SELECT toInt32('x' || toString(number)) FROM numbers(10)",
        ];
        let wrong = 0;
        let good = 0;
        const caller = async (id: number) => {
          for (let i = 0; i < 12; i++) {
            if ((id + i) % 3 === 0) {
              await lake.query(bad[(id + i) % bad.length]!).catch(() => {});
              continue;
            }
            const rows = await lake.query<{ a: number; b: number }>(
              'SELECT {id:Int64} AS a, number AS b FROM numbers({n:UInt64})',
              { id: id * 100 + i, n: 50 + i },
            );
            good++;
            if (rows.length !== 50 + i || rows.some((row, k) => row.a !== id * 100 + i || row.b !== k))
              wrong++;
          }
        };
        await Promise.all(Array.from({ length: 16 }, (_, id) => caller(id)));
        expect(good).toBe(128);
        expect(wrong).toBe(0);
      });
    });

    describe('insert', () => {
      test('each kind of column arrives as it was', async () => {
        const table = await freshTable(`
          id String, f Nullable(Float64), g Float64, c LowCardinality(Nullable(String)), e Nullable(String), t DateTime64(3, 'UTC'),
          u UInt64, i Int64, tags Map(LowCardinality(String), String), p Map(LowCardinality(String), Float64),
          counts Map(String, UInt64), grid Map(Int32, UInt64)`);
        await lake.insert(
          arrowBatch(table, [
            { name: 'id', kind: 'text', values: ['a', '', 'é\u{1f30b}\n'], distinct: true },
            { name: 'f', kind: 'float64', values: [1.5, null, -0.1] },
            { name: 'g', kind: 'float64', values: Float64Array.of(1e308, 5e-324, -7) },
            { name: 'c', kind: 'text', values: ['x', null, ''] },
            { name: 'e', kind: 'text', values: [null, 'timeout', ''], distinct: true },
            { name: 't', kind: 'timestamp', values: [1_767_225_600_123, 946_684_800_000, 4_102_444_800_001] },
            { name: 'u', kind: 'uint64', values: [0, 4_294_967_296, 9_007_199_254_740_991] },
            { name: 'i', kind: 'int64', values: [-1, -9_007_199_254_740_991, 2_147_483_648] },
            {
              name: 'tags',
              kind: 'map<text,text>',
              values: [{ a: '1', é: '' }, null, new Map([['b', 'x']])],
            },
            { name: 'p', kind: 'map<text,float64>', values: [{ yes: 0.25, no: 0.75 }, {}, null] },
            {
              name: 'counts',
              kind: 'map<text,uint64>',
              values: [{ a: 3 }, null, new Map([['b c', 5_000_000_000]])],
            },
            {
              name: 'grid',
              kind: 'map<int32,uint64>',
              values: [
                new Map([[-3, 4]]),
                null,
                new Map([
                  [7, 1],
                  [8, 2],
                ]),
              ],
            },
          ]),
        );
        const rows = await lake.query(
          `SELECT *, toUnixTimestamp64Milli(t) AS ms FROM ${table} ORDER BY id = 'a' DESC, id`,
        );
        expect(rows).toEqual([
          {
            id: 'a',
            f: 1.5,
            g: 1e308,
            c: 'x',
            e: null,
            t: '2026-01-01 00:00:00.123',
            u: 0,
            i: -1,
            tags: { a: '1', é: '' },
            p: { yes: 0.25, no: 0.75 },
            counts: { a: 3 },
            grid: { '-3': 4 },
            ms: 1_767_225_600_123,
          },
          {
            id: '',
            f: null,
            g: 5e-324,
            c: null,
            e: 'timeout',
            t: '2000-01-01 00:00:00.000',
            u: 4_294_967_296,
            i: -9_007_199_254_740_991,
            tags: {},
            p: {},
            counts: {},
            grid: {},
            ms: 946_684_800_000,
          },
          {
            id: 'é\u{1f30b}\n',
            f: -0.1,
            g: -7,
            c: '',
            e: '',
            t: '2100-01-01 00:00:00.001',
            u: 9_007_199_254_740_991,
            i: 2_147_483_648,
            tags: { b: 'x' },
            p: {},
            counts: { 'b c': 5_000_000_000 },
            grid: { '7': 1, '8': 2 },
            ms: 4_102_444_800_001,
          },
        ]);
      });

      test('a column may be an expression of another', async () => {
        const table = await freshTable('a Float64, b String');
        await lake.insert({
          ...arrowBatch(table, [{ name: 'a', kind: 'text', values: ['1.5'], select: 'toFloat64(a) * 2' }]),
          columns: [
            { name: 'a', select: 'toFloat64(a) * 2' },
            { name: 'b', select: "concat('was ', a)" },
          ],
        });
        expect(await lake.query(`SELECT * FROM ${table}`)).toEqual([{ a: 3, b: 'was 1.5' }]);
      });

      test('no rows are no work', async () => {
        const table = await freshTable('a String');
        await lake.insert(arrowBatch(table, [{ name: 'a', kind: 'text', values: [] }]));
        expect(await one(`SELECT count() AS v FROM ${table}`)).toBe(0);
      });

      test('all rows or none: a bad one at the end keeps the others out', async () => {
        const table = await freshTable('a UInt8, t DateTime');
        const n = 200_000;
        const values = Array.from({ length: n }, (_, i) => (i === n - 1 ? 'not a number' : '1'));
        const batch = arrowBatch(table, [{ name: 'a', kind: 'text', values, select: 'toUInt8(a)' }]);
        expect(await code(lake.insert(batch))).toBe('internal');
        expect(await one(`SELECT count() AS v FROM ${table}`)).toBe(0);
      });

      test('rows of many months at once', async () => {
        const table = await freshTable("t DateTime64(3, 'UTC')", 'PARTITION BY toYYYYMM(t) ORDER BY t');
        const times = Array.from({ length: 240 }, (_, i) => Date.UTC(2000, i, 15));
        await lake.insert(arrowBatch(table, [{ name: 't', kind: 'timestamp', values: times }]));
        expect(await one(`SELECT uniqExact(toYYYYMM(t)) AS v FROM ${table}`)).toBe(240);
      });

      test('what is acknowledged can be read at once, from many writers', async () => {
        const table = await freshTable('id String, k Float64');
        await Promise.all(
          Array.from({ length: 20 }, async (_, k) => {
            const ids = Array.from({ length: 500 }, (_, i) => `${k}-${i}`);
            await lake.insert(
              arrowBatch(table, [
                { name: 'id', kind: 'text', values: ids, distinct: true },
                { name: 'k', kind: 'float64', values: ids.map(() => k) },
              ]),
            );
            expect(await one(`SELECT count() AS v FROM ${table} WHERE k = {k:Float64}`, { k })).toBe(500);
          }),
        );
        expect(await one(`SELECT uniqExact(id) AS v FROM ${table}`)).toBe(10_000);
      });
    });

    describe('tables', () => {
      test('migrations run once, and at once from many sides', async () => {
        const migrations = [
          {
            name: 'a',
            sql: "CREATE TABLE IF NOT EXISTS {table:ma} (x String COMMENT 'a; b') ENGINE = {engine:MergeTree} ORDER BY x SETTINGS {events} {shard_by:cityHash64(x)}; -- c;\n ALTER TABLE {table:ma} ADD COLUMN IF NOT EXISTS y UInt8;",
          },
          { name: 'b', sql: 'ALTER TABLE {table:ma} ADD COLUMN IF NOT EXISTS z UInt8' },
        ];
        await Promise.all(Array.from({ length: 8 }, () => migrateLake(lake, migrations)));
        expect(await migrateLake(lake, migrations)).toEqual([]);
        expect(
          await lake.query("SELECT name FROM system.columns WHERE database = 'tiltmeter' AND table = 'ma'"),
        ).toHaveLength(3);
        expect(await migrateLake(lake)).toEqual([]);
      });

      test('a model table takes features as they appear, under any name', async () => {
        const table = `predictions_m${process.pid}`;
        await createModelTable(lake, table);
        await createModelTable(lake, table);
        const names = ['age', 'sepal length (cm)', "it's {x:Int64}", 'größe', '"quoted"', 'a`b\\c;--'];
        const columns = names.map((name, i) => ({
          name,
          kind: i % 2 === 0 ? ('numeric' as const) : ('text' as const),
        }));
        await Promise.all([addColumns(lake, table, columns), addColumns(lake, table, columns.slice(1))]);
        await lake.insert(
          arrowBatch(`tiltmeter.${table}`, [
            { name: '_id', kind: 'text', values: ['a'], distinct: true },
            { name: '_time', kind: 'timestamp', values: [1_767_225_600_000] },
            { name: '_misfit', kind: 'map<text,text>', values: [{ age: '"old"' }] },
            ...columns.map(({ name, kind }) =>
              kind === 'numeric'
                ? ({ name: columnName(name), kind: 'float64', values: [2] } as const)
                : ({ name: columnName(name), kind: 'text', values: ['x'] } as const),
            ),
          ]),
        );
        const [row] = await lake.query<Record<string, unknown>>(`SELECT * FROM tiltmeter.${table}`);
        expect(names.map((name) => row![columnName(name)])).toEqual([2, 'x', 2, 'x', 2, 'x']);
        expect(row!._misfit).toEqual({ age: '"old"' });
      });

      test('months before a moment are dropped, the month of the moment stays', async () => {
        const table = await freshTable("t DateTime64(3, 'UTC')", 'PARTITION BY toYYYYMM(t) ORDER BY t');
        const bare = table.replace('tiltmeter.', '');
        const times = [
          Date.UTC(2025, 10, 3),
          Date.UTC(2025, 11, 31),
          Date.UTC(2026, 0, 1),
          Date.UTC(2026, 1, 1),
        ];
        await lake.insert(arrowBatch(table, [{ name: 't', kind: 'timestamp', values: times }]));
        expect(await dropMonthsBefore(lake, bare, Date.UTC(2026, 0, 20))).toEqual(['202511', '202512']);
        expect(await one(`SELECT count() AS v FROM ${table}`)).toBe(2);
        expect(await dropMonthsBefore(lake, bare, Date.UTC(2026, 0, 20))).toEqual([]);
        expect(await dropMonthsBefore(lake, 'no_such_table', Date.UTC(2026, 0, 20))).toEqual([]);
      });
    });

    describe('sizes', () => {
      test('what each table holds, from when to when, without reading a row', async () => {
        const dated = await freshTable("t DateTime64(3, 'UTC')", 'PARTITION BY toYYYYMM(t) ORDER BY t');
        const undated = await freshTable('id String');
        const empty = await freshTable('id String');
        const times = [Date.UTC(2025, 10, 3), Date.UTC(2026, 1, 1, 12, 0, 5, 700)];
        await lake.insert(arrowBatch(dated, [{ name: 't', kind: 'timestamp', values: times }]));
        await lake.insert(arrowBatch(undated, [{ name: 'id', kind: 'text', values: ['a', 'b', 'c'] }]));
        const bare = (table: string) => table.replace('tiltmeter.', '');
        const sizes = await sizesNow(lake, [dated, undated, empty].map(bare));
        const of = (table: string) => sizes.find((size) => size.table === bare(table));
        expect(of(dated)).toMatchObject({
          rows: 2,
          oldest: times[0],
          newest: Date.UTC(2026, 1, 1, 12, 0, 5),
        });
        expect(of(undated)).toMatchObject({ rows: 3, oldest: null, newest: null });
        expect(of(undated)!.bytes).toBeGreaterThan(0);
        expect(of(empty)).toBeUndefined();
        expect(await tableSizes(lake)).toEqual(expect.arrayContaining(sizes));
      });

      test('room on its disk', async () => {
        const { freeBytes, totalBytes } = await lakeRoom(lake);
        expect(freeBytes).toBeGreaterThan(0);
        expect(totalBytes).toBeGreaterThanOrEqual(freeBytes);
      });
    });

    describe('closing', () => {
      test('waits for what runs: nothing acknowledged is lost, nothing is accepted after, twice is once', async () => {
        const table = await freshTable('id String');
        await lake.close();
        const closing = await here.open();
        let acknowledged = 0;
        const writers = Array.from({ length: 12 }, (_, k) =>
          closing
            .insert(
              arrowBatch(table, [
                { name: 'id', kind: 'text', values: Array.from({ length: 2000 }, (_, i) => `${k}-${i}`) },
              ]),
            )
            .then(() => {
              acknowledged += 2000;
            })
            .catch((error) => expect(error.code).toBe('store_unavailable')),
        );
        await Promise.all([closing.close(), closing.close()]);
        await Promise.all(writers);
        expect(await code(closing.query('SELECT 1'))).toBe('store_unavailable');
        expect(
          await code(closing.insert(arrowBatch(table, [{ name: 'id', kind: 'text', values: ['x'] }]))),
        ).toBe('store_unavailable');

        lake = await here.open();
        expect(acknowledged).toBe(24_000);
        expect(await one(`SELECT uniqExact(id) AS v FROM ${table}`)).toBe(acknowledged);
      });
    });
  });
}
