import { z } from 'zod';
import { ColumnType } from './model.ts';
import { PrintableName } from './name.ts';

/** Versions of one model that are kept of a registry; the newest, and those with an alias. */
export const REGISTERED_VERSIONS = 200;

/** Registries that models can come from. */
export const Registry = z.enum(['mlflow']);
export type Registry = z.infer<typeof Registry>;

/** A version of a model as a registry has it. */
export const RegisteredVersion = z
  .object({
    /** What senders of predictions call it. */
    version: PrintableName,
    /** What the registry calls it. */
    registered_as: z.string().min(1).max(128),
    /** champion, challenger … */
    aliases: z.array(z.string().max(256)).max(100),
    stage: z.string().max(64).nullable(),
    /** The run that trained it. */
    run: z.string().max(64).nullable(),
    /** Where people look at it. */
    url: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .nullable(),
    /** What its training measured, by the names of the run. */
    metrics: z
      .record(z.string().max(250), z.number())
      .refine((metrics) => Object.keys(metrics).length <= 1000, 'there must be at most 1,000 metrics'),
  })
  .strict();
export type RegisteredVersion = z.infer<typeof RegisteredVersion>;

/** What a registry says of a model: all of its versions that are to be known, and the columns of its signature. */
export const Registration = z
  .object({
    registry: Registry,
    /** What the registry calls the model. */
    name: z.string().min(1).max(256),
    /** Taken by a model that is made; one that is there keeps its own. */
    description: z.string().max(2048).nullable(),
    columns: z.record(z.string().max(256), ColumnType),
    versions: z.array(RegisteredVersion).max(REGISTERED_VERSIONS),
  })
  .strict();
export type Registration = z.infer<typeof Registration>;

/** What became of a registration. */
export const Registered = z.object({
  model: z.string(),
  /** There was no model of this name. */
  made: z.boolean(),
  versions: z.object({
    added: z.array(z.string()),
    changed: z.array(z.string()),
    /** Known before, and not in the registry any more or too old. */
    removed: z.array(z.string()),
  }),
  columns: z.object({
    added: z.array(z.string()),
    /** Columns that are something else here and stay it. */
    kept: z.array(z.object({ name: z.string(), is: ColumnType, registered: ColumnType })),
    /** Names that no column can have. */
    refused: z.array(z.string()),
  }),
});
export type Registered = z.infer<typeof Registered>;

/** A registered version, and when the registry said so last. */
export const KnownVersion = RegisteredVersion.extend({
  registry: Registry,
  name: z.string(),
  seen_at: z.string(),
});
export type KnownVersion = z.infer<typeof KnownVersion>;
