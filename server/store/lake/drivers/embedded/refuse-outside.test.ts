import { expect, test } from 'vitest';
import { refuseOutside } from './refuse-outside.ts';

test.each([
  "SELECT 1 INTO OUTFILE '/tmp/x'",
  "SELECT 1 into/**/outfile '/tmp/x' TRUNCATE FORMAT CSV",
  "SELECT 'a''' INTO\nOUTFILE '/tmp/x'",
  "SELECT 'a\\\\' INTO OUTFILE '/tmp/x'",
  "SELECT 1 /* ' */ INTO OUTFILE '/tmp/x' /* ' */",
  "SELECT 1 -- '\nINTO OUTFILE '/tmp/x'",
  "SELECT 1 INTO OUTFILE '/tmp/x",
  "INSERT INTO t FROM INFILE '/etc/passwd' FORMAT LineAsString",
])('refused: %s', (sql) => {
  expect(() => refuseOutside(sql)).toThrow('it is not run');
});

test.each([
  "SELECT 'INTO OUTFILE ''x'''",
  "SET param_q = 'it\\'s an outfile'; SELECT {q:String}",
  'SELECT c1 AS `into outfile` FROM t',
  'SELECT c1 AS "infile" FROM t',
  'SELECT outfiles FROM t',
])('a name or a value may say it: %s', (sql) => {
  expect(() => refuseOutside(sql)).not.toThrow();
});

test('a value of twenty megabytes may say it', () => {
  for (const text of ['x', "\\'"])
    expect(() => refuseOutside(`SELECT '${text.repeat(20_000_000 / text.length)} outfile'`)).not.toThrow();
});
