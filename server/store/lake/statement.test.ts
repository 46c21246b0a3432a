import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parameterNames, pieces, splitStatements } from './statement.ts';

test.each([
  ['SELECT 1; SELECT 2', ['SELECT 1', 'SELECT 2']],
  ["SELECT ';'; SELECT 2;", ["SELECT ';'", 'SELECT 2']],
  ["SELECT 'it''s;'; SELECT 'a\\';b'", ["SELECT 'it''s;'", "SELECT 'a\\';b'"]],
  ['SELECT `a;b`, "c;d"', ['SELECT `a;b`, "c;d"']],
  ['-- a; b\nSELECT 1 /* ; */ + 1; -- end;', ['SELECT 1   + 1']],
  ["SELECT '-- no comment', '/* nor this */'", ["SELECT '-- no comment', '/* nor this */'"]],
  ["-- it's a comment\nSELECT 1", ['SELECT 1']],
  [';;\n ;', []],
  ['', []],
])('splits %j', (sql, expected) => {
  expect(splitStatements(sql)).toEqual(expected);
});

test('parameters are those outside of quotes and comments', () => {
  expect(
    parameterNames("SELECT {a:Int8}, { b : Array(String) }, '{c:Int8}', `{d:Int8}` -- {e:Int8}"),
  ).toEqual(new Set(['a', 'b']));
  expect(parameterNames('SELECT map(1, 2)')).toEqual(new Set());
});

test('no character is lost, whatever the text', () => {
  const text = fc.string({
    unit: fc.constantFrom("'", '"', '`', '\\', ';', '-', '/', '*', '\n', 'a', '{', ':', '}'),
  });
  fc.assert(
    fc.property(
      text,
      (sql) =>
        pieces(sql)
          .map((piece) => piece.text)
          .join('') === sql,
    ),
  );
});
