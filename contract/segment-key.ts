/** Stands for all values that have no profiles of their own. */
export const OTHER_SEGMENT = '*';

const escaped = (text: string) =>
  text.replace(/[%&=*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * The key of a segment: the values of its columns, or the rest of them. Distinct segments have distinct keys.
 * `segmentKey(['country', 'plan'], ['FR', ''])` → 'country=FR&plan='; `segmentKey(['country'], null)` → 'country=*'
 */
export function segmentKey(columns: readonly string[], values: readonly string[] | null): string {
  return columns
    .map((column, i) => `${escaped(column)}=${values === null ? OTHER_SEGMENT : escaped(values[i]!)}`)
    .join('&');
}

export interface SegmentPart {
  readonly column: string;
  /** Null: all values that have no profiles of their own. */
  readonly value: string | null;
}

/** What a key says. `segmentParts('country=FR')` → [{ column: 'country', value: 'FR' }] */
export function segmentParts(key: string): SegmentPart[] {
  return key.split('&').map((part) => {
    const [column = '', value = ''] = part.split('=');
    const plain = (text: string) =>
      text.replace(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
    return { column: plain(column), value: value === OTHER_SEGMENT ? null : plain(value) };
  });
}

/** A segment in words. `segmentText('country=FR&plan=&age=< 25')` → 'country = FR, no plan, age < 25' */
export function segmentText(key: string): string {
  return segmentParts(key)
    .map(({ column, value }) => {
      if (value === null) return `other ${column}`;
      if (value === '') return `no ${column}`;
      return /^[<≥] /.test(value) ? `${column} ${value}` : `${column} = ${value}`;
    })
    .join(', ');
}
