import { z } from 'zod';
import { ModelName, PrintableName } from './name.ts';
import { AccountKind } from './user.ts';

export const KeyScope = z.enum(['ingest', 'read', 'write', 'admin']);

/** An API key as lists show it. The secret is shown once, in NewKeyReply. */
export const Key = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(KeyScope),
  /** The models it is for; null: all. */
  models: z.array(z.string()).nullable(),
  /** Whose it is: it may do no more than they may today, and nothing once they are locked out. */
  owner: z.object({ id: z.string(), name: z.string(), kind: AccountKind }),
  created_by: z.string(),
  created_at: z.string(),
  expires_at: z.string().nullable(),
  last_used_at: z.string().nullable(),
  revoked_at: z.string().nullable(),
});
export type Key = z.infer<typeof Key>;

export const NewKey = z
  .object({
    name: PrintableName,
    scopes: z.array(KeyScope).min(1),
    /** It sends for these models and reads and changes these alone; of all models when absent. */
    models: z.array(ModelName).min(1).max(100).optional(),
    /** Id of the person or service account whose it is; only an admin says another than himself. */
    owner: z.string().max(64).optional(),
    expires_in_days: z.number().int().min(1).max(3650).optional(),
  })
  .strict();
export type NewKey = z.infer<typeof NewKey>;

export const NewKeyReply = Key.extend({ secret: z.string() });
