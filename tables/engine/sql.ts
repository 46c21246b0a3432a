/** A text literal of the engine's SQL. `literal("it's")` → "'it\\'s'" */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** A number literal of the engine's SQL, exact to the last bit. */
export function numberLiteral(value: number): string {
  return `toFloat64(${Object.is(value, -0) ? 0 : value})`;
}

/**
 * A floating-point literal of the engine's SQL, whole numbers included: a list of whole and fractional ones has no type.
 * `floatLiteral(4294967296)` → '4294967296.'
 */
export function floatLiteral(value: number): string {
  const text = String(Object.is(value, -0) ? 0 : value);
  return /^-?\d+$/.test(text) ? `${text}.` : text;
}
