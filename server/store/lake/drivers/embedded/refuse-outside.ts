/** What stands between quotes: values and names, in which any word may be. */
const QUOTED = /'(?:[^'\\]|\\.|'')*'|`(?:[^`\\]|\\.|``)*`|"(?:[^"\\]|\\.|"")*"/gs;

/** Words by which a statement names a file that is written or read beside the tables; no grant is asked for them. */
const OUTSIDE = /\b(outfile|infile)\b/i;

/**
 * A second wall: the engine writes the answer of any statement to a file that the statement names (INTO OUTFILE), whatever its user is granted. Statements of ours name
 * none; one that does holds a text that broke out of its quotes. Errors: Error, of which nobody is told more than that something failed.
 * `refuseOutside("SELECT 1 INTO OUTFILE 'x'")` throws, `refuseOutside("SELECT 'outfile'")` does not.
 */
export function refuseOutside(sql: string): void {
  // Looked at closely only where such a word is at all: statements may be long.
  const word = OUTSIDE.test(sql) ? OUTSIDE.exec(sql.replace(QUOTED, "''"))?.[1] : undefined;
  if (word !== undefined) throw new Error(`a statement says ${word.toUpperCase()}: it is not run`);
}
