import { TiltmeterError } from '../../../../contract/errors.ts';
import { HEAD_BYTES, head } from '../../../../tables/files/head.ts';
import { openRows, type RowTable } from '../../../../tables/open-rows.ts';
import { isDigits, type Representation, representationOf } from '../../../../tables/rules/cell.ts';
import { surveyRows } from '../../../../tables/survey-rows.ts';
import type { TableRow } from '../../../../tables/table-row.ts';
import { type ColumnType, typeOf } from '../../../models/columns/schema.ts';
import { type ReadCell, SENT_CELL, tableCell } from './read-cell.ts';

/** A column of a file before it is one of the model. */
export interface FoundColumn {
  readonly name: string;
  /** Null without any value, and where the values are lists or objects. */
  readonly type: ColumnType | null;
  /** Digits that are no numbers: a service may send them as numbers. */
  readonly digits: boolean;
}

/** What is in a reference file. */
export interface FoundFile {
  readonly rows: number;
  /** Lines and elements that hold no row. */
  readonly rejected: number;
  readonly columns: readonly FoundColumn[];
  /** What there is to know about how it was read. */
  readonly notes: readonly string[];
}

/** A reference file that has been looked through once, and can be read again. */
export interface OpenFile extends FoundFile {
  read(): AsyncIterable<TableRow>;
  readonly cells: ReadonlyMap<string, ReadCell>;
}

const CSV = /^(text\/csv|text\/tab-separated-values|application\/csv)$/;
const OUTPUTS = ['prediction', 'score', 'label'] as const;

/**
 * Looks through a reference file: whatever the one reader of tables reads; text as its content type says, else by its
 * beginning. Objects with `features` are predictions and taken as the way in takes them; everything else is a table and
 * read as `check` reads it. Errors: empty_body, unreadable_table.
 */
export async function openFile(path: string, contentType: string): Promise<OpenFile> {
  const start = await head(path, HEAD_BYTES);
  if (!start.some((byte) => byte > 32)) throw new TiltmeterError('empty_body');
  const table = await openRows([path], { said: said(contentType), scratch: '.' });
  const read = () => flattened(table.rows());
  const events = await beginsWithEvent(read());
  const { rows, columns, cells } = await (events
    ? lookThroughEvents(read())
    : lookThroughTable(read(), table.stored));
  const rejected = table.unread.length;
  if (rows === 0) throw new TiltmeterError('empty_body', 'the file has no rows');
  return { rows, rejected, columns, cells, notes: table.notes, read };
}

/** Which text it is, as its sender says. */
function said(contentType: string): 'csv' | 'jsonl' | undefined {
  const type = contentType.split(';')[0]!.trim().toLowerCase();
  if (/json/.test(type)) return 'jsonl';
  return CSV.test(type) ? 'csv' : undefined;
}

async function beginsWithEvent(rows: AsyncIterable<TableRow>): Promise<boolean> {
  for await (const row of rows) return EVENT in row;
  return false;
}

/** Marks a row that was an event. */
const EVENT = Symbol('event');

/** An event's features and outputs side by side; another row as it is. */
async function* flattened(rows: AsyncIterable<TableRow>): AsyncGenerator<TableRow> {
  for await (const row of rows) {
    const { features } = row;
    if (typeof features !== 'object' || features === null || Array.isArray(features)) yield row;
    else {
      const outputs = OUTPUTS.filter((name) => row[name] !== undefined).map((name) => [
        `_${name}`,
        row[name],
      ]);
      yield { ...features, ...Object.fromEntries(outputs), [EVENT]: true };
    }
  }
}

interface Looked {
  readonly rows: number;
  readonly columns: readonly FoundColumn[];
  readonly cells: ReadonlyMap<string, ReadCell>;
}

const TYPES: Readonly<Record<Representation, ColumnType>> = {
  number: 'numeric',
  boolean: 'boolean',
  text: 'categorical',
};

async function lookThroughTable(rows: AsyncIterable<TableRow>, stored: RowTable['stored']): Promise<Looked> {
  const survey = await surveyRows(rows, stored);
  const cells = new Map<string, ReadCell>();
  const columns = [...survey.columns].map(([name, facts]): FoundColumn => {
    const own = facts.stored === 'other' ? null : representationOf(facts);
    cells.set(name, tableCell(own ?? 'text'));
    return { name, type: own && TYPES[own], digits: own === 'text' && isDigits(facts) };
  });
  return { rows: survey.rows, columns, cells };
}

async function lookThroughEvents(rows: AsyncIterable<TableRow>): Promise<Looked> {
  const types = new Map<string, ColumnType | null>();
  let n = 0;
  for await (const row of rows) {
    n++;
    for (const [name, value] of Object.entries(row)) {
      const scalar = ['number', 'string', 'boolean'].includes(typeof value);
      if (types.get(name)) continue;
      types.set(name, scalar ? typeOf(value as number | string | boolean) : null);
    }
  }
  return {
    rows: n,
    columns: [...types].map(([name, type]) => ({ name, type, digits: false })),
    cells: new Map([...types.keys()].map((name) => [name, SENT_CELL])),
  };
}
