import type { QualityLimits } from '../compare/quality.ts';
import type { Rule } from '../rules/rule.ts';
import { ConfigFile } from './schema.ts';
import type { CheckSettings, ColumnSettings } from './settings.ts';

/**
 * Reads a configuration of our own.
 * @throws ZodError with the places that are wrong.
 */
export function ownSettings(content: unknown): CheckSettings {
  const { limits, columns = {}, ...rest } = ConfigFile.parse(content ?? {});
  const settings = Object.entries(columns).map(([name, { limits: own, type, ignore, test, threshold }]) => {
    const column: ColumnSettings = defined({
      type,
      ignore,
      test,
      threshold,
      limits: own && qualityLimits(own),
    });
    return [name, column] as const;
  });
  return {
    ...defined({ ...rest, limits: limits && qualityLimits(limits) }),
    columns: Object.fromEntries(settings),
    rules: Object.entries(columns).flatMap(([name, column]) => rulesOf(name, column)),
  };
}

type Column = NonNullable<ConfigFile['columns']>[string];

function rulesOf(column: string, said: Column): Rule[] {
  const { mostly = 1, min, max, values, pattern, max_missing, unique, required } = said;
  const rules: Rule[] = [];
  if (required) rules.push({ kind: 'present', column });
  if (max_missing !== undefined) rules.push({ kind: 'not_missing', column, mostly: 1 - max_missing });
  if (min !== undefined || max !== undefined)
    rules.push({ kind: 'between', column, min: min ?? null, max: max ?? null, mostly });
  if (values) rules.push({ kind: 'in_set', column, values, mostly });
  if (pattern !== undefined) rules.push({ kind: 'matches', column, pattern, mostly });
  if (unique) rules.push({ kind: 'unique', column });
  return rules;
}

function qualityLimits(limits: NonNullable<ConfigFile['limits']>): Partial<QualityLimits> {
  const { missing, invalid, new_category, out_of_range } = limits;
  return defined({ missing, invalid, newCategory: new_category, outOfRange: out_of_range });
}

/** The entries that are not undefined. */
export function defined<Entries extends object>(
  entries: Entries,
): { [K in keyof Entries]: Exclude<Entries[K], undefined> } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as never;
}
