import { literal } from '../../tables/engine/sql.ts';
import type { SourceColumn } from '../table/table.ts';
import { numberOf, textOf } from '../value-sql.ts';
import type { Rule } from './rule.ts';

/** SQL of how many values a rule looks at, and how many of them break it. */
export interface RuleSql {
  readonly looked: string;
  readonly broken: string;
}

/** Null for rules about the column as a whole that need no value (`present`). */
export function ruleSql(rule: Rule, column: SourceColumn): RuleSql | null {
  const text = textOf(column);
  const number = numberOf(column);
  const given = `isNotNull(${text})`;
  const wrong = (condition: string): RuleSql => ({
    looked: `countIf(${given})`,
    broken: `countIf(${given} AND NOT (${condition}))`,
  });
  switch (rule.kind) {
    case 'present':
      return null;
    case 'not_missing':
      return { looked: 'count()', broken: `countIf(NOT ${given})` };
    case 'missing':
      return { looked: 'count()', broken: `countIf(${given})` };
    case 'between':
      return wrong(
        [
          `isFinite(${number})`,
          rule.min === null ? '' : `${number} >= ${rule.min}`,
          rule.max === null ? '' : `${number} <= ${rule.max}`,
        ]
          .filter(Boolean)
          .join(' AND '),
      );
    case 'in_set':
      return wrong(inSet(text, number, rule.values));
    case 'not_in_set':
      return wrong(`NOT (${inSet(text, number, rule.values)})`);
    case 'of_type':
      return wrong(ofType(text, number, rule.type));
    case 'length':
      return wrong(`lengthUTF8(assumeNotNull(${text})) BETWEEN ${rule.min} AND ${rule.max}`);
    case 'matches':
      return wrong(`match(assumeNotNull(${text}), ${literal(rule.pattern)})`);
    case 'unique':
      return { looked: `countIf(${given})`, broken: `countIf(${given}) - uniqExact(${text})` };
  }
}

/** As text; as a number too where the values of the set are, so that 1 is 1.0. */
function inSet(text: string, number: string, values: readonly string[]): string {
  if (values.length === 0) return '0';
  const as = values.map(Number);
  const numeric = values.every((value, i) => value.trim() !== '' && Number.isFinite(as[i]!));
  const words = `assumeNotNull(${text}) IN (${values.map(literal).join(', ')})`;
  return numeric ? `${words} OR ${number} IN (${as.join(', ')})` : words;
}

function ofType(text: string, number: string, type: Extract<Rule, { kind: 'of_type' }>['type']): string {
  if (type === 'numeric') return `isFinite(${number})`;
  if (type === 'integer') return `isFinite(${number}) AND ${number} = floor(${number})`;
  if (type === 'boolean')
    return `lower(assumeNotNull(${text})) IN ('true', 'false', 'yes', 'no', 't', 'f', 'y', 'n', '0', '1', '0.0', '1.0')`;
  return `NOT isFinite(${number})`;
}
