import type { Rule } from '../rules/rule.ts';
import type { CheckSettings } from './settings.ts';

interface Expectation {
  readonly expectation_type?: string;
  readonly type?: string;
  readonly kwargs?: Readonly<Record<string, unknown>>;
}

/** A suite of Great Expectations: column rules become ours, the rest is named in the notes. */
export function expectationSettings(suite: { readonly expectations: readonly Expectation[] }): CheckSettings {
  const rules: Rule[] = [];
  const unknown = new Set<string>();
  for (const { expectation_type, type, kwargs = {} } of suite.expectations) {
    const name = expectation_type ?? type ?? 'an expectation without a type';
    const rule = ruleOf(name, kwargs);
    if (rule) rules.push(rule);
    else unknown.add(name);
  }
  return {
    rules,
    notes: unknown.size > 0 ? [`expectations without a counterpart: ${[...unknown].join(', ')}`] : [],
  };
}

const NUMERIC = /^(u?int|float|double|decimal|number|long|short|real)/i;
const INTEGER = /^(u?int|long|short|bigint)/i;

function ruleOf(name: string, kwargs: Readonly<Record<string, unknown>>): Rule | null {
  const { column, mostly = 1, min_value = null, max_value = null, value_set, regex, type_ } = kwargs;
  if (typeof column !== 'string' || typeof mostly !== 'number') return null;
  const number = (bound: unknown) => (typeof bound === 'number' ? bound : null);
  const values = Array.isArray(value_set) ? value_set.map(String) : null;
  switch (name) {
    case 'expect_column_to_exist':
      return { kind: 'present', column };
    case 'expect_column_values_to_not_be_null':
      return { kind: 'not_missing', column, mostly };
    case 'expect_column_values_to_be_null':
      return { kind: 'missing', column, mostly };
    case 'expect_column_values_to_be_between':
      return { kind: 'between', column, min: number(min_value), max: number(max_value), mostly };
    case 'expect_column_values_to_be_in_set':
      return values && { kind: 'in_set', column, values, mostly };
    case 'expect_column_values_to_not_be_in_set':
      return values && { kind: 'not_in_set', column, values, mostly };
    case 'expect_column_values_to_be_unique':
      return { kind: 'unique', column };
    case 'expect_column_values_to_match_regex':
      return typeof regex === 'string' ? { kind: 'matches', column, pattern: regex, mostly } : null;
    case 'expect_column_value_lengths_to_be_between':
      return {
        kind: 'length',
        column,
        min: number(min_value) ?? 0,
        max: number(max_value) ?? 1_000_000_000,
        mostly,
      };
    case 'expect_column_values_to_be_of_type':
      return typeof type_ === 'string' ? { kind: 'of_type', column, type: typeOf(type_), mostly } : null;
    default:
      return null;
  }
}

function typeOf(name: string): Extract<Rule, { kind: 'of_type' }>['type'] {
  if (/^bool/i.test(name)) return 'boolean';
  if (INTEGER.test(name)) return 'integer';
  return NUMERIC.test(name) ? 'numeric' : 'categorical';
}
