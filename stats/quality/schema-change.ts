/** How the columns of a table differ from those of its reference. */
export interface SchemaChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly retyped: readonly { readonly name: string; readonly before: string; readonly after: string }[];
}

/**
 * Columns added, removed and of another type, by name, in the order of the table that has them. A renamed column is one removed
 * and one added. Types are compared as text.
 * @example schemaChange(new Map([['a', 'number']]), new Map([['a', 'text']])).retyped // [{ name: 'a', before: 'number', after: 'text' }]
 */
export function schemaChange(
  reference: ReadonlyMap<string, string>,
  current: ReadonlyMap<string, string>,
): SchemaChange {
  return {
    added: [...current.keys()].filter((name) => !reference.has(name)),
    removed: [...reference.keys()].filter((name) => !current.has(name)),
    retyped: [...reference].flatMap(([name, before]) => {
      const after = current.get(name);
      return after === undefined || after === before ? [] : [{ name, before, after }];
    }),
  };
}
