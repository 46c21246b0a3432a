import { TiltmeterError } from '../../contract/errors.ts';

/** How the objects of a JSON file are laid out. */
export interface JsonShape {
  /** Keys in order of first appearance. */
  readonly names: readonly string[];
  /** Keys whose values are all lists or objects. */
  readonly nested: ReadonlySet<string>;
  /** Each object has a line of its own, in no list: what cannot be read is a line. */
  readonly lines: boolean;
  /** A single object of lists or objects: a table written by columns. */
  readonly byColumns: boolean;
}

/**
 * Reads the layout from pieces of a file: its beginning, and its end where a piece may begin in the middle of a line.
 * @param complete the first piece is the whole file.
 */
export function jsonShape(pieces: readonly string[], complete: boolean): JsonShape {
  const start = pieces[0]!.replace(/^\uFEFF/, '').trimStart();
  const list = start.startsWith('[');
  const ofLines = [
    ...lineObjects(start, complete),
    ...pieces.slice(1).flatMap((piece) => lineObjects(piece, true)),
  ];
  const objects = ofLines.length > 0 ? ofLines : wholeObjects(start);
  const values = new Map<string, { given: number; nested: number }>();
  for (const object of objects)
    for (const [name, value] of Object.entries(object)) {
      const seen = values.get(name) ?? { given: 0, nested: 0 };
      if (value !== null) seen.given++;
      if (typeof value === 'object' && value !== null) seen.nested++;
      values.set(name, seen);
    }
  const nested = [...values].filter(([, { given, nested: some }]) => some > 0 && some === given);
  return {
    names: [...values.keys()],
    nested: new Set(nested.map(([name]) => name)),
    lines: !list && ofLines.length > 0,
    byColumns: complete && objects.length === 1 && values.size > 0 && nested.length === values.size,
  };
}

/** @throws unreadable_table when the layout is that of no table. @param label names it in what is said of it. */
export function mustBeJsonTable(label: string, { names, byColumns }: JsonShape): void {
  const fail = (reason: string) => new TiltmeterError('unreadable_table', `${label}: ${reason}`);
  if (names.length === 0) throw fail('no JSON object was found in its beginning');
  if (byColumns)
    throw fail(
      "holds one object of lists; an object for each row is needed, in pandas to_json(orient='records', lines=True)",
    );
}

/** The objects that stand on one line each; lines that are none are passed over. */
function lineObjects(text: string, complete: boolean): object[] {
  const lines = text.replace(/^\[/, '').split('\n');
  if (!complete) lines.pop();
  return lines.map((line) => parsedJson(line.trim().replace(/,$/, ''))).filter(isObject);
}

/** The objects of a list or of a row of objects, each over several lines or all on one. */
function wholeObjects(text: string): object[] {
  const objects: object[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: sign, index } of text.replace(/^\[/, ' ').matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (sign === '{' && depth++ === 0) from = index;
    if (sign === '}' && --depth === 0) {
      const object = parsedJson(text.slice(from, index + 1));
      if (isObject(object)) objects.push(object);
    }
  }
  return objects;
}

/** NaN and Infinity, which Python writes and JSON does not have, are taken for null. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(withoutNaN(text));
    } catch {
      return undefined;
    }
  }
}

/** JSON with NaN as null, and the infinities as texts, which read as numbers. */
export function withoutNaN(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (found) =>
    found.startsWith('"') ? found : found === 'NaN' ? 'null' : `"${found}"`,
  );
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
