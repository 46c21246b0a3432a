/**
 * Quotes a name for the lake's SQL. Total: any string becomes exactly one identifier.
 * `identifier('sepal length (cm)')` → '`sepal length (cm)`'
 */
export function identifier(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}
