/**
 * Quotes a name for SQL of the engine. Total: any string becomes exactly one identifier.
 * `identifier('sepal length (cm)')` → '`sepal length (cm)`'
 */
export function identifier(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}
