import type { PrivacyRule } from '../../../../contract/privacy.ts';
import { labelNumber } from '../../../events/validate/label-type.ts';
import type { SchemaColumn } from '../../../models/columns/schema.ts';
import { protectionOf } from '../../../models/privacy/protect.ts';
import { pseudonymsOf } from '../../../models/privacy/pseudonyms.ts';
import { NumberCells, TextCells } from './cells.ts';
import type { OpenFile } from './open-file.ts';
import { protectedCell, SENT_CELL } from './read-cell.ts';

/** Which columns of a file become which of the model. */
export interface ColumnPlan {
  /** Name in the file, name in the model, what the model has it as. */
  readonly features: readonly (readonly [from: string, name: string, schema: SchemaColumn])[];
  readonly score: string | undefined;
  readonly label: string | undefined;
  /** Rules of columns of the file by their names in it, and the key that hashes them. */
  readonly protect?: { readonly key: string; readonly rules: ReadonlyMap<string, PrivacyRule> } | undefined;
}

export type FeatureCells =
  | { readonly schema: SchemaColumn; readonly numbers: NumberCells }
  | { readonly schema: SchemaColumn; readonly texts: TextCells };

/** The columns of a reference file by what they are, with the types of the model. */
export interface FileColumns {
  readonly features: ReadonlyMap<string, FeatureCells>;
  readonly score: NumberCells | undefined;
  readonly label: { readonly texts: TextCells; readonly numbers: NumberCells } | undefined;
  readonly rows: number;
}

/** Labels are kept as their text, whatever they were sent as. */
const LABEL: SchemaColumn = { type: 'categorical', declared: true };

/** Reads the columns that are wanted, into memory of a few bytes a cell. */
export async function readColumns(file: OpenFile, plan: ColumnPlan): Promise<FileColumns> {
  const { key = '', rules } = plan.protect ?? {};
  const protection = protectionOf([], pseudonymsOf(key));
  const readers = (name: string) => {
    const read = file.cells.get(name) ?? SENT_CELL;
    const rule = rules?.get(name);
    return rule === undefined ? read : protectedCell(read, rule, protection);
  };
  const features = new Map<string, FeatureCells>();
  const takes: ((row: Readonly<Record<string, unknown>>) => void)[] = [];
  for (const [from, name, schema] of plan.features) {
    const read = readers(from);
    if (schema.type === 'numeric') {
      const numbers = new NumberCells();
      features.set(name, { schema, numbers });
      takes.push((row) => numbers.push(read.number(row[from])));
    } else {
      const texts = new TextCells();
      features.set(name, { schema, texts });
      takes.push((row) => texts.push(read.text(row[from], schema)));
    }
  }
  let score: NumberCells | undefined;
  if (plan.score !== undefined) {
    const [from, read, numbers] = [plan.score, readers(plan.score), new NumberCells()];
    score = numbers;
    takes.push((row) => numbers.push(read.number(row[from])));
  }
  let label: FileColumns['label'];
  if (plan.label !== undefined) {
    const [from, read] = [plan.label, readers(plan.label)];
    const both = { texts: new TextCells(), numbers: new NumberCells() };
    label = both;
    takes.push((row) => {
      const text = read.text(row[from], LABEL);
      both.texts.push(text);
      both.numbers.push(typeof text === 'string' ? (labelNumber(text) ?? null) : null);
    });
  }
  let rows = 0;
  for await (const row of file.read()) {
    rows++;
    for (const take of takes) take(row);
  }
  return { features, score, label, rows };
}
