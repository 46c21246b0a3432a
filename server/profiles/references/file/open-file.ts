import { TiltmeterError } from '../../../../contract/errors.ts';
import { FORMAT_NAMES, formatOf } from '../../../../tables/files/format.ts';
import { HEAD_BYTES } from '../../../../tables/files/head.ts';
import { type Layout, layoutOf, readRows } from '../../../../tables/layout.ts';
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

const LABEL = 'the file';
const CSV = /^(text\/csv|text\/tab-separated-values|application\/csv)$/;
const OUTPUTS = ['prediction', 'score', 'label'] as const;

/**
 * Looks through a reference file: delimited text or JSON, by its content type, else by its beginning. Objects with
 * `features` are predictions and taken as the way in takes them; everything else is a table and read as `check` reads it.
 * Errors: empty_body, invalid_request, unreadable_table.
 */
export async function openFile(body: Uint8Array, contentType: string): Promise<OpenFile> {
  const layout = layoutFor(body, contentType);
  let rejected = 0;
  const read = (count: () => void) => flattened(readRows(LABEL, layout, pieces(body), count));
  const events = await beginsWithEvent(read(() => {}));
  const look = events ? lookThroughEvents : lookThroughTable;
  const { rows, columns, cells } = await look(read(() => rejected++));
  if (rows === 0) throw new TiltmeterError('empty_body', 'the file has no rows');
  return { rows, rejected, columns, cells, notes: layout.notes, read: () => read(() => {}) };
}

function layoutFor(body: Uint8Array, contentType: string): Layout {
  const start = body.subarray(0, HEAD_BYTES);
  if (!start.some((byte) => byte > 32)) throw new TiltmeterError('empty_body');
  const type = contentType.split(';')[0]!.trim().toLowerCase();
  const found = formatOf(LABEL, start);
  if (found !== 'csv' && found !== 'jsonl') {
    throw new TiltmeterError(
      'invalid_request',
      `the file is ${FORMAT_NAMES[found]}, which no reference is made of; send CSV or JSON`,
    );
  }
  const json = /json/.test(type) || (!CSV.test(type) && found === 'jsonl');
  return layoutOf(LABEL, json ? 'json' : 'delimited', start, body.length <= HEAD_BYTES);
}

const PIECE_BYTES = 1 << 16;

async function* pieces(body: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < body.length; at += PIECE_BYTES) yield body.subarray(at, at + PIECE_BYTES);
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

async function lookThroughTable(rows: AsyncIterable<TableRow>): Promise<Looked> {
  const survey = await surveyRows(rows);
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
