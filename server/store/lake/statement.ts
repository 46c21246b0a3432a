import { identifier } from '../../../tables/identifier.ts';
import type { InsertBatch } from './lake.ts';

/**
 * A statement read just far enough to know what is text and what is code: quotes ('…', "…", `…`, with backslash
 * and doubled quotes), comments (`--`, `#!`, nested-free slash-star) and the rest.
 */
export type Piece = { readonly kind: 'code' | 'quoted' | 'comment'; readonly text: string };

/** Every character of `sql` is in exactly one piece, in order: joining the texts gives `sql` back. */
export function pieces(sql: string): Piece[] {
  const found: Piece[] = [];
  const token =
    /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"|`(?:[^`\\]|\\[\s\S]|``)*`|--[^\n]*|\/\*[\s\S]*?\*\//g;
  let end = 0;
  for (const match of sql.matchAll(token)) {
    if (match.index > end) found.push({ kind: 'code', text: sql.slice(end, match.index) });
    const comment = match[0].startsWith('--') || match[0].startsWith('/*');
    found.push({ kind: comment ? 'comment' : 'quoted', text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < sql.length) found.push({ kind: 'code', text: sql.slice(end) });
  return found;
}

/**
 * The statements of a file, without comments and without the semicolons between them.
 * `splitStatements("SELECT ';'; -- a; b\nSELECT 2;")` → ["SELECT ';'", 'SELECT 2']
 */
export function splitStatements(sql: string): string[] {
  const statements = [''];
  for (const piece of pieces(sql)) {
    if (piece.kind === 'comment') statements[statements.length - 1] += ' ';
    else if (piece.kind === 'quoted') statements[statements.length - 1] += piece.text;
    else {
      const [first, ...rest] = piece.text.split(';');
      statements[statements.length - 1] += first ?? '';
      statements.push(...rest);
    }
  }
  return statements.map((statement) => statement.trim()).filter((statement) => statement !== '');
}

/** Names of the `{name:Type}` parameters of a statement. `parameterNames("SELECT {a:Int8}, '{b:Int8}'")` → Set {'a'} */
export function parameterNames(sql: string): Set<string> {
  const names = new Set<string>();
  for (const piece of pieces(sql)) {
    if (piece.kind !== 'code') continue;
    for (const match of piece.text.matchAll(/\{\s*(\w+)\s*:/g)) names.add(match[1]!);
  }
  return names;
}

/** `INSERT INTO t (a, b) SELECT a, f(b) FROM <source>`: the one insert statement, whatever the bytes come from. */
export function insertStatement(batch: Pick<InsertBatch, 'table' | 'columns'>, source: string): string {
  const names = batch.columns.map((column) => identifier(column.name)).join(', ');
  const expressions = batch.columns.map((column) => column.select ?? identifier(column.name)).join(', ');
  return `INSERT INTO ${batch.table} (${names}) SELECT ${expressions} FROM ${source}`;
}
