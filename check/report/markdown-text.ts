import { plain } from './text.ts';

/** Lines, and how many bytes they come to: GitHub's limit is told in characters, bytes are on the safe side. */
export class Lines {
  readonly lines: string[] = [];
  #length = 0;

  add(...lines: string[]): void {
    this.lines.push(...lines);
    for (const line of lines) this.#length += Buffer.byteLength(line) + 1;
  }

  /** Adds as many of the lines as stay below the limit and returns how many were left out. */
  addUpTo(most: number, lines: readonly string[]): number {
    for (const [i, line] of lines.entries()) {
      if (this.#length + Buffer.byteLength(line) + 1 > most) return lines.length - i;
      this.add(line);
    }
    return 0;
  }
}

/**
 * A text from a file: nothing in it may become markup, a link, or the mention of a person or a pull request.
 * Characters that mean something are written as references, and a word joiner (invisible) parts what is recognised by its look.
 */
export function inertText(from: string, most: number): string {
  const shown = plain(from);
  return (
    (shown.length > most ? `${shown.slice(0, most - 1)}…` : shown)
      .toWellFormed()
      .replace(/@|#(?=\d)|\/(?=\/)|www(?=\.)/gi, (character) => `${character}\u2060`)
      .replace(/[\\`*{}[\]<>|&~!$]/g, (character) => `&#${character.charCodeAt(0)};`)
      // Within a word it means nothing; readers of the text as it stands see names as they are.
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
  );
}
