import { type ColumnCounting, type CountedColumn, type CountPlan, NOTHING_COUNTED } from '../count.ts';
import { literal } from '../sql.ts';
import { FREQUENT, LONGEST_CATEGORY } from '../survey-sql.ts';
import type { SourceColumn } from '../table/table.ts';
import { MISSING_WORDS } from '../value-sql.ts';

/** Slots of the space-saving count: with fewer distinct values than this it is exact. */
const SLOTS = 2 * FREQUENT;

/** Counts categories: those that are known and the rest together, or all there are. */
export function countCategories(plan: CountPlan, column: SourceColumn, i: number): ColumnCounting {
  return plan.known === null ? countAll(plan, column, i) : countKnown(plan.known, plan, column, i);
}

function countAll(plan: CountPlan, column: SourceColumn, i: number): ColumnCounting {
  const t = `t${i}`;
  return {
    inner: `${categoryOf(plan, column)} AS ${t}`,
    aggregates: [`approx_top_k(${FREQUENT + 1}, ${SLOTS})(${t})`, `count(${t})`],
    read(n, facts) {
      const listed = facts[0] as [string, number | string, number][];
      const counts = new Map<string, number>();
      let given = Number(facts[1]);
      for (const [name, count] of listed) {
        if (MISSING_WORDS.has(name)) given -= Number(count);
        else counts.set(name, Number(count));
      }
      return {
        ...NOTHING_COUNTED,
        n,
        missing: n - given,
        counts,
        distinct: counts.size,
        complete: listed.length <= FREQUENT,
      };
    },
  };
}

/** Each known category has an index: 0 is for the others, 1 for the missing words. */
function countKnown(
  known: readonly string[],
  plan: CountPlan,
  column: SourceColumn,
  i: number,
): ColumnCounting {
  const t = `t${i}`;
  const at = `i${i}`;
  const missing = [...MISSING_WORDS];
  const names = [...missing, ...known];
  const indexes = names.map((_, place) => Math.max(1, place - missing.length + 2));
  const text = `assumeNotNull(${categoryOf(plan, column)})`;
  return {
    inner: `${text} AS ${t}, transform(${t}, [${names.map(literal).join(',')}], [${indexes.join(',')}], 0) AS ${at}`,
    aggregates: [
      `countResample(0, ${known.length + 2}, 1)(1, ${at})`,
      `approx_top_kIf(10, 100)(${t}, ${at} = 0)`,
      `uniqIf(${t}, ${at} = 0)`,
    ],
    read(n, facts): CountedColumn {
      const cells = (facts[0] as number[]).map(Number);
      const counts = new Map<string, number>();
      known.forEach((name, place) => {
        if (cells[place + 2]! > 0) counts.set(name, cells[place + 2]!);
      });
      return {
        ...NOTHING_COUNTED,
        n,
        missing: cells[1]!,
        counts,
        other: cells[0]!,
        distinct: counts.size + Number(facts[2]),
        strangers: (facts[1] as [string, number, number][]).map(([name]) => name),
      };
    },
  };
}

/** A category as text, NULL or a missing word when missing. Booleans read the same whatever the format spells. */
function categoryOf(plan: CountPlan, column: SourceColumn): string {
  const text =
    column.stored === 'number'
      ? `if(isNaN(${column.sql}), NULL, toString(${column.sql}))`
      : column.stored === 'text'
        ? column.sql
        : `toString(${column.sql})`;
  if (plan.type === 'boolean') return `replaceRegexpOne(lower(${text}), '\\\\.0$', '')`;
  return plan.clipped ? `substringUTF8(${text}, 1, ${LONGEST_CATEGORY})` : text;
}
