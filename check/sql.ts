/** A text literal of the engine's SQL. `literal("it's")` → "'it\\'s'" */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** A number literal of the engine's SQL, exact to the last bit. */
export function numberLiteral(value: number): string {
  return `toFloat64(${Object.is(value, -0) ? 0 : value})`;
}
