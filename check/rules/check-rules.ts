import { TiltmeterError } from '../../contract/errors.ts';
import type { Engine } from '../../tables/engine/engine.ts';
import { reading } from '../../tables/engine/reading.ts';
import { literal } from '../../tables/engine/sql.ts';
import { percent } from '../compare/quality.ts';
import type { Table } from '../table/table.ts';
import type { Rule } from './rule.ts';
import { ruleSql } from './rule-sql.ts';

const RULES_PER_PASS = 50;

/** What rules found: sentences by column. */
export type BrokenRules = ReadonlyMap<string, readonly string[]>;

/**
 * The rules that the current table breaks, a sentence each, by column.
 * @throws invalid_option when a pattern is none.
 */
export async function checkRules(engine: Engine, table: Table, rules: readonly Rule[]): Promise<BrokenRules> {
  await mustBePatterns(engine, rules);
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const broken = new Map<string, string[]>();
  const tell = (column: string, sentence: string) =>
    broken.set(column, [...(broken.get(column) ?? []), sentence]);
  const asked = rules.flatMap((rule) => {
    const column = columns.get(rule.column);
    if (!column) {
      if (rule.kind === 'present') tell(rule.column, 'a rule wants this column, and it is not there');
      return [];
    }
    const sql = ruleSql(rule, column);
    return sql ? [{ rule, sql }] : [];
  });
  for (let at = 0; at < asked.length; at += RULES_PER_PASS) {
    const pass = asked.slice(at, at + RULES_PER_PASS);
    const select = pass.map(({ sql }) => `${sql.looked}, ${sql.broken}`).join(', ');
    const sql = `SELECT ${select} FROM ${table.relation} ${table.settings}`;
    const [row] = await reading(table, () => engine.rows<number[]>(sql));
    pass.forEach(({ rule }, i) => {
      const [looked, wrong] = [Number(row![2 * i]), Number(row![2 * i + 1])];
      const mostly = 'mostly' in rule ? rule.mostly : 1;
      if (looked > 0 && wrong > (1 - mostly) * looked + 1e-9)
        tell(rule.column, sentence(rule, wrong, looked));
    });
  }
  return broken;
}

/** @throws invalid_option when a pattern is none; it has the syntax of RE2. */
async function mustBePatterns(engine: Engine, rules: readonly Rule[]): Promise<void> {
  for (const rule of rules) {
    if (rule.kind !== 'matches') continue;
    await engine.rows(`SELECT match('', ${literal(rule.pattern)})`).catch((cause: unknown) => {
      throw new TiltmeterError(
        'invalid_option',
        `${rule.column}: the pattern "${rule.pattern}" cannot be used; it is none, or looks around, which RE2 does not do`,
        { cause },
      );
    });
  }
}

function sentence(rule: Rule, wrong: number, looked: number): string {
  const share = `${percent(wrong, looked)} of the values`;
  const allowed = 'mostly' in rule && rule.mostly < 1 ? `, ${percent(1 - rule.mostly, 1)} allowed` : '';
  switch (rule.kind) {
    case 'not_missing':
      return `${percent(wrong, looked)} missing${allowed}`;
    case 'missing':
      return `${share} given, none expected${allowed}`;
    case 'between':
      return `${share} not between ${rule.min ?? '−∞'} and ${rule.max ?? '∞'}${allowed}`;
    case 'in_set':
      return `${share} not among the ${rule.values.length} allowed${allowed}`;
    case 'not_in_set':
      return `${share} among the forbidden ones${allowed}`;
    case 'of_type':
      return `${share} not ${rule.type}${allowed}`;
    case 'length':
      return `${share} not of length ${rule.min} to ${rule.max}${allowed}`;
    case 'matches':
      return `${share} not of the pattern ${rule.pattern}${allowed}`;
    default:
      return `${wrong === 1 ? '1 value repeats another' : `${wrong.toLocaleString('en-US')} values repeat others`}`;
  }
}
