import { SLOTS } from '../../stats/category-slot.ts';
import { literal } from '../../tables/engine/sql.ts';
import { MISSING_WORDS } from '../../tables/rules/missing.ts';
import type { CountedColumn, CountPlan } from '../count.ts';
import { LONGEST_CATEGORY } from '../survey-sql.ts';
import type { SourceColumn } from '../table/table.ts';
import type { CountingSql } from './counting.ts';
import { NOTHING_COUNTED } from './nothing.ts';

/** Unknown categories that a report names. */
export const STRANGERS = 10;

/**
 * Counts all categories there are, with twice as many slots as are listed (space-saving): exact as long as none is
 * crowded out, which the listed errors tell.
 */
export function allCategoriesSql(
  plan: CountPlan,
  column: SourceColumn,
  i: number | '',
  frequent: number,
): CountingSql {
  const t = `t${i}`;
  return {
    inner: `${categoryOf(plan, column)} AS ${t}`,
    aggregates: ['count()', `approx_top_k(${frequent + 1}, ${2 * frequent})(${t})`, `count(${t})`],
    value: t,
  };
}

export function readAllCategories(facts: readonly unknown[], frequent: number): CountedColumn {
  const n = Number(facts[0]);
  const listed = facts[1] as [string, number | string, number | string][];
  let given = Number(facts[2]);
  const counts = new Map<string, number>();
  for (const [name, count] of listed) {
    if (MISSING_WORDS.has(name)) given -= Number(count);
    else counts.set(name, Number(count));
  }
  const complete = listed.length <= frequent && listed.every(([, , error]) => Number(error) === 0);
  return { ...NOTHING_COUNTED, n, missing: n - given, counts, distinct: counts.size, complete };
}

/** Counts the known categories and the others together; where there are many others, all of them by their slot as well. Each known one has an index: 0 is for the others, 1 for the missing words. */
export function knownCategoriesSql(
  known: readonly string[],
  plan: CountPlan,
  column: SourceColumn,
  i: number | '',
): CountingSql {
  const t = `t${i}`;
  const at = `i${i}`;
  const missing = [...MISSING_WORDS];
  const names = [...missing, ...known];
  const indexes = names.map((_, place) => Math.max(1, place - missing.length + 2));
  const text = `assumeNotNull(${categoryOf(plan, column)})`;
  const slot = `h${i}`;
  const hashed = plan.crowded ? `, if(${at} = 1, ${SLOTS}, toUInt8(CRC32(${t}) % ${SLOTS})) AS ${slot}` : '';
  return {
    inner: `${text} AS ${t}, transform(${t}, [${names.map(literal).join(',')}], [${indexes.join(',')}], 0) AS ${at}${hashed}`,
    aggregates: [
      'count()',
      `countResample(0, ${known.length + 2}, 1)(1, ${at})`,
      `approx_top_kIf(${STRANGERS}, 100)(${t}, ${at} = 0)`,
      `uniqIf(${t}, ${at} = 0)`,
      ...(plan.crowded ? [`countResample(0, ${SLOTS}, 1)(1, ${slot})`] : []),
    ],
    value: t,
  };
}

export function readKnownCategories(known: readonly string[], facts: readonly unknown[]): CountedColumn {
  const cells = (facts[1] as number[]).map(Number);
  const counts = new Map<string, number>();
  known.forEach((name, place) => {
    if (cells[place + 2]! > 0) counts.set(name, cells[place + 2]!);
  });
  return {
    ...NOTHING_COUNTED,
    n: Number(facts[0]),
    missing: cells[1]!,
    counts,
    other: cells[0]!,
    distinct: counts.size + Number(facts[3]),
    strangers: (facts[2] as [string, number, number][]).map(([name]) => name),
    ...(facts[4] === undefined ? {} : { slots: (facts[4] as (number | string)[]).map(Number) }),
  };
}

/** A column whose categories were all counted, as if only the known ones had been: the others together. */
export function ofKnown(column: CountedColumn, known: ReadonlySet<string>): CountedColumn {
  const others = [...column.counts].filter(([name]) => !known.has(name)).sort((a, b) => b[1] - a[1]);
  return {
    ...column,
    counts: new Map([...column.counts].filter(([name]) => known.has(name))),
    other: others.reduce((sum, [, count]) => sum + count, 0),
    strangers: others.slice(0, STRANGERS).map(([name]) => name),
  };
}

/** A category as text, NULL or a missing word when missing. Booleans read the same whatever the format spells. */
export function categoryOf(plan: CountPlan, column: SourceColumn): string {
  const text =
    column.stored === 'number'
      ? `if(isNaN(${column.sql}), NULL, toString(${column.sql}))`
      : column.stored === 'text'
        ? column.sql
        : `toString(${column.sql})`;
  if (plan.type === 'boolean') return `replaceRegexpOne(lower(${text}), '\\\\.0$', '')`;
  return plan.clipped ? `substringUTF8(${text}, 1, ${LONGEST_CATEGORY})` : text;
}
