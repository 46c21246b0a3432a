/** Words by which a statement names a file that is written or read beside the tables; no grant is asked for them. */
const OUTSIDE = /\b(outfile|infile)\b/i;

/** What begins a comment: none of our statements has one, and a quote in it would hide what follows. */
const COMMENT = /--|\/\*|#/;

/**
 * A second wall: the engine writes the answer of any statement to a file that the statement names (INTO OUTFILE), whatever its user is granted. Statements of ours name
 * none; one that does holds a text that broke out of its quotes. Errors: Error, of which nobody is told more than that something failed.
 * `refuseOutside("SELECT 1 INTO OUTFILE 'x'")` throws, `refuseOutside("SELECT 'outfile'")` does not.
 */
export function refuseOutside(sql: string): void {
  // Looked at closely only where such a word is at all: statements may be long.
  const word = OUTSIDE.exec(sql)?.[1];
  if (word === undefined) return;
  for (const text of betweenQuotes(sql))
    if (OUTSIDE.test(text) || COMMENT.test(text))
      throw new Error(`a statement says ${word.toUpperCase()}: it is not run`);
}

/** What stands outside of quotes, between which any word may be. What is not closed is outside. Time grows with the length alone, and no text is too long. */
function* betweenQuotes(sql: string): Generator<string> {
  const opening = /['`"]/g;
  for (let from = 0; ; ) {
    opening.lastIndex = from;
    const open = opening.exec(sql);
    const end = open === null ? undefined : endOf(sql, open);
    if (open === null || end === undefined) return yield sql.slice(from);
    yield sql.slice(from, open.index);
    from = end;
  }
}

/** Behind the quote that closes one; a doubled quote closes it and opens the next, so nothing stands between. */
function endOf(sql: string, { 0: quote, index }: RegExpExecArray): number | undefined {
  const stop = new RegExp(`[\\\\${quote}]`, 'g');
  stop.lastIndex = index + 1;
  for (let found = stop.exec(sql); found !== null; found = stop.exec(sql)) {
    if (found[0] === quote) return stop.lastIndex;
    stop.lastIndex++;
  }
  return undefined;
}
