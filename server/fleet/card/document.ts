/** What people wrote: addresses in it may be followed. All other text has names in it that senders chose. */
export interface Written {
  readonly written: string;
}

export type Cell = string | Written;

/** A text of a few kinds of blocks, whatever it is written as. All strings are text, never markup. */
export type Block =
  | { readonly heading: string; readonly level: 1 | 2 | 3 }
  | { readonly text: string }
  | { readonly link: string; readonly address: string }
  | { readonly list: readonly string[] }
  | { readonly head: readonly string[]; readonly rows: readonly (readonly Cell[])[] };

export type Document = readonly Block[];
