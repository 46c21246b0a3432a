import { changeOf, sharesOfColumn } from '../evidence/column-change.ts';
import { type ColumnEvidence, featuresOf } from '../evidence/evidence.ts';
import { type Fact, percent } from '../fact.ts';
import { type Explanation, follows, type Hypothesis } from './cause.ts';

/** A feature is sent as another type than it was. */
export const type_change: Hypothesis = {
  kind: 'type_change',
  title: 'Changed type',
  about:
    'Values came that do not fit the type of the column. They were kept as they were sent and can be read in the records. Of a column of categories: known ones come in another spelling or type (`1.0` for `1`, `True` for `true`), or numbers where there were words.',
  advice: 'Compare the sender with the schema: a number that became text, a text that became a number.',
  trust: 0.96,
  explain({ facts, evidence }) {
    return featuresOf(evidence).flatMap((column): Explanation[] => {
      const { invalid } = changeOf(column);
      if (invalid <= 0.02) return respelt(facts, column);
      const { before, after } = column;
      return [
        {
          columns: [column.name],
          fit: 1,
          explains: follows(facts, [column.name]),
          sentence: `${column.name} has values of another type in ${percent(after.invalid / after.n)} of rows, against ${percent(before.invalid / Math.max(1, before.n))} before`,
          evidence: [
            { name: 'invalid_share', value: after.invalid / after.n },
            { name: 'before', value: before.invalid / Math.max(1, before.n) },
            { name: 'n', value: after.n },
          ],
        },
      ];
    });
  },
};

/** Categories that come as another type: codes with decimals, truth values as numbers, numbers where there were words. */
function respelt(facts: readonly Fact[], column: ColumnEvidence): Explanation[] {
  if (column.type !== 'categorical') return [];
  const { before, after } = sharesOfColumn(column);
  const known = new Set([...before.keys()].map(canonical));
  const words = [...before].reduce((sum, [name, share]) => sum + (isNumber(name) ? 0 : share), 0);
  const came = [...after].filter(([name]) => !before.has(name));
  const other = came.filter(([name]) => known.has(canonical(name)) || (isNumber(name) && words > 0.95));
  const share = other.reduce((sum, each) => sum + each[1], 0);
  if (share < 0.02) return [];
  return [
    {
      columns: [column.name],
      fit: share / came.reduce((sum, each) => sum + each[1], 0),
      explains: follows(facts, [column.name]),
      sentence: `${column.name} has its categories in another spelling or type in ${percent(share)} of rows`,
      evidence: [
        { name: 'respelt_share', value: share },
        { name: 'n', value: column.after.n },
      ],
    },
  ];
}

const TRUTH: Readonly<Record<string, string>> = { true: '1', yes: '1', y: '1', false: '0', no: '0', n: '0' };

/** What a category stands for, whatever its type. `canonical('1.0')` → '1', `canonical(' True')` → '1' */
function canonical(name: string): string {
  const text = name
    .trim()
    .toLowerCase()
    .replaceAll(/^["']|["']$/g, '');
  return TRUTH[text] ?? (isNumber(text) ? String(Number(text)) : text);
}

const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text));
