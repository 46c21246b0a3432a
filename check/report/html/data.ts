/** What a page embeds; short arrays, because ten thousand columns must fit. */
export interface PageData {
  /** Tables that are compared or described, in the order of every list of counts. */
  readonly sides: readonly { readonly title: string; readonly n: number }[];
  /** Key, mark, word, class and in the order of the filter. */
  readonly statuses: readonly (readonly [key: string, mark: string, word: string, cls: string])[];
  /** The first column with one of these is open at the start; of a single table else the first. */
  readonly firstOpen: readonly string[];
  readonly scoreTitle?: string;
  readonly columns: readonly PageColumn[];
  /** Columns that had no room. */
  readonly omitted: number;
}

export type PageColumn = readonly [
  name: string,
  type: string,
  status: string,
  /** Sentences. */
  why: readonly string[],
  missing: readonly (number | null)[],
  facts: readonly unknown[] | null,
  detail?: PageDetail,
];

export interface PageDetail {
  readonly bars: {
    readonly edges: readonly number[];
    readonly scale: string;
    readonly counts: readonly (readonly number[])[];
  } | null;
  /** Label, kind, a count for each side. */
  readonly bins: readonly (readonly [label: string, kind: string, ...counts: number[]])[];
  /** Name, a value for each side. */
  readonly summary: readonly (readonly [name: string, ...values: (number | null)[]])[];
  /** Id, value or the reason why there is none, p. */
  readonly tests: readonly (readonly [id: string, value: number | string | null, p?: number])[];
}

/** Bytes for the list and for all: pages stay under 2 MB whatever the table. */
const LIST_BYTES = 1_200_000;
const ALL_BYTES = 1_550_000;
/** Texts from files, at most: a cell of a megabyte says no more. */
const MOST_TEXT = 300;

/** The columns that fit, in the order given: all are listed while there is room, the first ones with their distributions. */
export function fitColumns(
  rows: readonly PageColumn[],
  detailOf: (i: number) => PageDetail | null,
): Pick<PageData, 'columns' | 'omitted'> {
  let used = 0;
  const listed: PageColumn[] = [];
  for (const row of rows) {
    used += sizeOf(row);
    if (used > LIST_BYTES) break;
    listed.push(row);
  }
  let full = false;
  const columns = listed.map((row, i): PageColumn => {
    const detail = full ? null : detailOf(i);
    if (detail === null) return row;
    const [name, type, status, why, missing, facts] = row;
    const size = sizeOf(detail);
    full = used + size > ALL_BYTES;
    if (full) return row;
    used += size;
    return [name, type, status, why, missing, facts, detail];
  });
  return { columns, omitted: rows.length - listed.length };
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(inert(JSON.stringify(value))) + 1;
}

/** JSON that cannot end its script element, whatever the names in it. */
export function inert(json: string): string {
  return json.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** A text from a file, cut. */
export function cut(text: string, most = MOST_TEXT): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** A number with so many significant digits; what is null stays null. */
export function rounded(x: number | null, digits = 5): number | null {
  return x === null ? null : Number(x.toPrecision(digits));
}
