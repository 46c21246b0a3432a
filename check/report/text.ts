import stringWidth from 'string-width';

/** Text from a file as a terminal may show it: nothing in it moves the cursor, changes colours or ends the line. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g, '�');
}

/** The places of a terminal that a text takes: two for most of Chinese, Japanese, Korean and emoji. */
export function places(text: string): number {
  return stringWidth(text);
}

/** Cut to so many places, with an ellipsis. `clip('abcdef', 4)` → 'abc…' */
export function clip(text: string, most: number): string {
  if (places(text) <= most) return text;
  let kept = '';
  let used = 0;
  for (const character of text) {
    const wide = places(character);
    if (used + wide > most - 1) break;
    kept += character;
    used += wide;
  }
  return `${kept}…`;
}

/** Cut and filled with spaces to exactly so many places. */
export function padded(text: string, width: number): string {
  const clipped = clip(text, width);
  return clipped + ' '.repeat(Math.max(0, width - places(clipped)));
}

/** Words in lines of at most so many places; a word that is longer is cut over lines. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(' ')) {
    while (places(word) > width) {
      if (line !== '') lines.push(line);
      line = '';
      const part = clip(word, width + 1).replace(/…$/, '');
      lines.push(part);
      word = word.slice(part.length);
    }
    if (line !== '' && places(line) + 1 + places(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

/** A text in lines of at most so many places, margin included. */
export function indented(text: string, width: number, margin: string): string[] {
  return wrap(text, width - margin.length).map((line) => `${margin}${line}`);
}
