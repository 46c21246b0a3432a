import { z } from 'zod';
import { LONGEST_MS, TimeInput } from './time.ts';

/** Rows behind a reference of a file, at least: fewer say nothing about what is normal. */
export const REFERENCE_ROWS = 20;

/** What "normal" is: a choice of profiles. */
export const Reference = z.object({
  id: z.string(),
  model: z.string(),
  name: z.string(),
  kind: z.enum(['file', 'fixed', 'rolling', 'automatic']),
  options: z.record(z.string(), z.unknown()),
  /** Of a file: which columns of the model it has, and which of its own were left out; null where that is not known. */
  columns: z
    .object({
      used: z.number(),
      /** Feature columns of the model. */
      of: z.number(),
      ignored: z.array(z.string()),
      /** Features of the model that the file does not have. */
      lacking: z.array(z.string()),
      /** `8 of 8 columns, 2 ignored: id, timestamp` */
      sentence: z.string(),
    })
    .nullable(),
  default: z.boolean(),
  created_by: z.string(),
  created_at: z.string(),
});
export type Reference = z.infer<typeof Reference>;

/** A column of a model beside the same one of a reference. */
export const ReferenceColumn = z.object({
  name: z.string(),
  in_model: z.boolean(),
  /** Rows that the reference has of it, and those of them without a value; null where it has none. */
  n: z.number().nullable(),
  missing: z.number().nullable(),
});
export type ReferenceColumn = z.infer<typeof ReferenceColumn>;

/** A window of production as reference. For a file, POST the rows to /references/file instead. */
export const NewReference = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('fixed'),
      name: z.string().min(1).max(128),
      from: TimeInput,
      to: TimeInput,
      default: z.boolean().default(true),
    })
    .strict(),
  z
    .object({
      kind: z.literal('rolling'),
      name: z.string().min(1).max(128),
      window_ms: z.number().int().positive().max(LONGEST_MS),
      offset_ms: z.number().int().nonnegative().max(LONGEST_MS).default(0),
      default: z.boolean().default(true),
    })
    .strict(),
]);
export type NewReference = z.infer<typeof NewReference>;
