/**
 * True when a string can be stored: valid Unicode without NUL. Bodies are decoded as UTF-8, so only `\u` escapes
 * can bring a lone surrogate or NUL; callers skip the check when the text has none.
 */
export function storable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000');
}
