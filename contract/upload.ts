import { z } from 'zod';
import { ModelName } from './name.ts';
import { ColumnUse, ImportSummary, TableUse, TableWarning } from './table.ts';

/** Largest file that is taken as one upload; larger ones go through the command line, which reads them where they lie. */
export const UPLOAD_BYTES = 512 * 1024 * 1024;

/** A table that was sent, kept aside until it is said what it is: nothing of it is stored by itself, and it is gone after an hour. */
export const Upload = z.object({
  id: z.string(),
  /** Of the file. */
  name: z.string(),
  bytes: z.number(),
  state: z.enum(['kept', 'storing', 'stored', 'failed']),
  /** Rows of the table, once it was looked at. */
  rows: z.number().nullable(),
  /** What became of its rows so far; null before the first. */
  summary: ImportSummary.nullable(),
  /** Why storing ended early; the same rows can be stored again, and none is stored twice. */
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type Upload = z.infer<typeof Upload>;

/** What a table is to become. */
export const TablePlan = z
  .object({
    model: ModelName,
    use: TableUse.default('predictions'),
    /** What columns are; of those that are not named it is understood by their names and values. */
    columns: z.record(z.string().max(1024), ColumnUse).default({}),
    /** False: only columns that are called exactly like a part play it. */
    guess: z.boolean().default(true),
  })
  .strict();
export type TablePlan = z.infer<typeof TablePlan>;

/** A reference of the rows of an upload. */
export const UploadedReference = TablePlan.omit({ use: true })
  .extend({ name: z.string().min(1).max(128), default: z.boolean().default(true) })
  .strict();
export type UploadedReference = z.infer<typeof UploadedReference>;

/** What a table is taken for, before anything of it is stored: what `tiltmeter import` prints. */
export const TablePreview = z.object({
  /** Of what kind the table is, in words. */
  format: z.string(),
  rows: z.number(),
  unreadable_lines: z.number(),
  /** What there is to know about how it is read. */
  notes: z.array(z.string()),
  model_exists: z.boolean(),
  /** Rows are events already, and go as they are. */
  events: z.boolean(),
  columns: z.array(
    z.object({
      name: z.string(),
      use: ColumnUse,
      /** Nobody said so: it is taken for that by its name and values. */
      guessed: z.boolean(),
      type: z.string(),
      missing: z.number(),
      /** About. */
      distinct: z.number(),
      /** What becomes of its values before they are stored, in words; null: nothing. */
      protection: z.string().nullable(),
    }),
  ),
  /** Features of the model that the table does not have. */
  lacking: z.array(z.string()),
  warnings: z.array(TableWarning),
  /** The first rows, cells in the order of the columns. */
  sample: z.array(z.array(z.string().nullable())),
});
export type TablePreview = z.infer<typeof TablePreview>;
