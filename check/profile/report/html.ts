import type { ProfileColumn, TableProfile } from '../../../contract/table-profile.ts';
import { duration } from '../../report/figures.ts';
import { CHARTS } from '../../report/html/charts.ts';
import { COLUMNS } from '../../report/html/columns.ts';
import { cut, fitColumns, type PageColumn, type PageDetail, rounded } from '../../report/html/data.ts';
import { DETAIL } from '../../report/html/detail.ts';
import { ELEMENTS } from '../../report/html/elements.ts';
import { page } from '../../report/html/page.ts';
import { plural } from '../../summary.ts';
import { headline, REMARK_WORDS, sentences, statusOf } from './order.ts';
import { PROFILE_COLUMNS } from './profile-columns.ts';

const SCRIPT = ELEMENTS + CHARTS + DETAIL + PROFILE_COLUMNS + COLUMNS;
const MOST_REMARKS = 50;

/** One self-contained page of a table: searchable list, a distribution for each column; under 2 MB whatever the table. */
export function profileHtmlReport({ source, rows, columns, notes, duration_ms }: TableProfile): string {
  const warned = columns.filter((column) => statusOf(column) === 'warning');
  return page(
    {
      title: `Tiltmeter profile: ${cut(source, 100)}`,
      mark: { text: cut(source), cls: '' },
      headline: `– ${plural(rows, 'row')} × ${plural(columns.length, 'column')}`,
      facts: [`${headline(columns)}. All rows counted, ${duration(duration_ms)}.`],
      remarks: notes.slice(0, MOST_REMARKS).map((note) => cut(note)),
      sections: [],
      plain: warned.slice(0, MOST_REMARKS).map((column) => `${cut(column.name)}: ${cut(sentences(column))}`),
    },
    {
      sides: [{ title: 'rows', n: rows }],
      statuses: (['warning', 'note', 'ok'] as const).map((status) => {
        const { mark, word, cls } = REMARK_WORDS[status];
        return [status, mark, word, cls];
      }),
      firstOpen: ['warning'],
      ...fitColumns(columns.map(rowOf), (i) => detailOf(columns[i]!)),
    },
    SCRIPT,
  );
}

function rowOf(column: ProfileColumn): PageColumn {
  const { name, type, remarks, missing, distinct, distinct_exact, first, last } = column;
  return [
    cut(name),
    type,
    statusOf(column),
    remarks.map(({ sentence }) => cut(sentence)),
    [rounded(missing.share)],
    [distinct, distinct_exact ? 1 : 0, first === null ? '' : `${first} … ${last}`],
  ];
}

function detailOf(column: ProfileColumn): PageDetail | null {
  const { histogram, top, rest, missing, invalid, n, quantiles, measures, mean, std, min, max } = column;
  const what = measures === 'lengths' ? 'length: ' : '';
  const figures: [string, number | null][] = [
    ['mean', mean],
    ['std', std],
    ['min', min],
    ...Object.entries(quantiles ?? {}).map(([name, value]): [string, number] => [
      `${name.slice(1)} %`,
      value,
    ]),
    ['max', max],
  ];
  const bins: [string, string, number][] = [
    ...top.map(({ value, n: times }): [string, string, number] => [cut(value, 120), 'category', times]),
    ...(rest > 0 ? [['other', 'other', rest] as [string, string, number]] : []),
    ...(missing.n > 0 ? [['missing', 'missing', missing.n] as [string, string, number]] : []),
    ...(invalid > 0 ? [['invalid', 'invalid', invalid] as [string, string, number]] : []),
  ];
  return {
    bars: histogram && { edges: histogram.edges, scale: histogram.scale, counts: [histogram.counts] },
    bins,
    summary: [
      ['rows with a value', n],
      ...figures
        .filter(([, value]) => value !== null)
        .map(([name, value]): [string, number | null] => [
          name === 'mean' && what === '' ? 'mean' : `${what}${name}`,
          rounded(value, 6),
        ]),
    ],
    tests: [],
  };
}
