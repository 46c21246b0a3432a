import { expect, test } from 'vitest';
import { csvRecord } from './csv.ts';

test.each([
  ['numbers and nothing', [1, -0.5, null, undefined, true], '1,-0.5,,,true\r\n'],
  [
    'what must be quoted',
    ['a,b', 'say "no"', 'two\nlines', 'plain'],
    '"a,b","say ""no""","two\nlines",plain\r\n',
  ],
  [
    'formulas',
    ['=1+1', '+cmd', '-2+3', '@sum(a1)', '\tx', '=a,"b"'],
    `'=1+1,'+cmd,'-2+3,'@sum(a1),'\tx,"'=a,""b"""\r\n`,
  ],
  ['a number that is a text', ['-12', '+4.5e3', '-'], `-12,+4.5e3,'-\r\n`],
] as const)('%s', (_, cells, text) => expect(csvRecord(cells)).toBe(text));
