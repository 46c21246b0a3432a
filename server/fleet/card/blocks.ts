import type { Block, Cell } from './document.ts';

/** What has a name and a value each. */
export const pairs = (of: readonly (readonly [string, Cell])[]): Block => ({ head: ['', ''], rows: of });

/** A table, or a sentence where it would have no rows. */
export const rows = (head: readonly string[], of: readonly (readonly string[])[], none = 'None.'): Block =>
  of.length === 0 ? { text: none } : { head, rows: of };
