/** Characters that are not seen and turn the text around them: a title with one of them reads as another one. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const SHOWN = /‹U\+(061C|200[EF]|202[A-E]|206[6-9])›/g;

/** A text of a sender as people may see it. `visible('\u202egnp.exe')` → '‹U+202E›gnp.exe' */
export function visible(text: string): string {
  return text.replace(
    TURNING,
    (character) => `‹U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}›`,
  );
}

/** What a text was before it was made visible, so that what is asked for is what was sent. `original(visible(text))` → text */
export function original(text: string): string {
  return text.replace(SHOWN, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
}
