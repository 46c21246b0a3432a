import { TiltmeterError } from '../contract/errors.ts';
import { type ColumnUse, PARTS, type Part } from '../contract/table.ts';
import { nearest } from '../tables/nearest.ts';

/** Which column of a table plays which part; columns without a part are features. */
export interface Mapping {
  readonly roles: ReadonlyMap<Part, string>;
  readonly ignored: ReadonlySet<string>;
  /** Said to be features, so that they play no part whatever they are called. */
  readonly features: ReadonlySet<string>;
  /** Parts that nobody named: their columns were found by their names. */
  readonly guessed: ReadonlySet<Part>;
}

/** Names that a message lists. */
const LISTED = 40;

/** Nobody said anything. */
export const NOTHING_SAID: Mapping = {
  roles: new Map(),
  ignored: new Set(),
  features: new Set(),
  guessed: new Set(),
};

/**
 * A mapping from what columns are said to be. `mappingOf({ loan: 'id', note: 'ignored' })`
 * @throws invalid_mapping when two columns are said to play one part.
 */
export function mappingOf(said: Readonly<Record<string, ColumnUse>>): Mapping {
  const roles = new Map<Part, string>();
  const [ignored, features] = [new Set<string>(), new Set<string>()];
  for (const [column, use] of Object.entries(said)) {
    if (use === 'ignored') ignored.add(column);
    else if (use === 'feature') features.add(column);
    else {
      const other = roles.get(use);
      if (other !== undefined)
        throw new TiltmeterError(
          'invalid_mapping',
          `"${other}" and "${column}" are both said to be the ${use}`,
        );
      roles.set(use, column);
    }
  }
  return { roles, ignored, features, guessed: new Set() };
}

/** A column that is named like a part plays it, unless the user said otherwise. */
export function withNamesakes(mapping: Mapping, columns: ReadonlySet<string>): Mapping {
  const said = new Set([...mapping.roles.values(), ...mapping.ignored, ...mapping.features]);
  const namesakes = PARTS.filter((role) => columns.has(role) && !said.has(role) && !mapping.roles.has(role));
  return {
    ...mapping,
    roles: new Map([...namesakes.map((role) => [role, role] as const), ...mapping.roles]),
  };
}

/** @throws invalid_mapping when it names a column that the table does not have. */
export function checkMapping(mapping: Mapping, columns: ReadonlySet<string>): void {
  for (const column of [...mapping.roles.values(), ...mapping.ignored, ...mapping.features]) {
    if (columns.has(column)) continue;
    const meant = nearest(column, [...columns]);
    throw new TiltmeterError(
      'invalid_mapping',
      `the table has no column "${column}"${meant === undefined ? '' : ` (${meant}?)`}; it has ${listed([...columns])}`,
    );
  }
}

function listed(names: readonly string[]): string {
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : '';
  return names.slice(0, LISTED).join(', ') + more;
}
