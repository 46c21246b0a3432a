import { z } from 'zod';

export const KeyScope = z.enum(['ingest', 'read', 'write', 'admin']);

/** An API key as lists show it. The secret is shown once, in NewKeyReply. */
export const Key = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(KeyScope),
  created_by: z.string(),
  created_at: z.string(),
  expires_at: z.string().nullable(),
  last_used_at: z.string().nullable(),
  revoked_at: z.string().nullable(),
});
export type Key = z.infer<typeof Key>;

export const NewKey = z
  .object({
    name: z.string().min(1).max(128),
    scopes: z.array(KeyScope).min(1),
    expires_in_days: z.number().int().min(1).max(3650).optional(),
  })
  .strict();
export type NewKey = z.infer<typeof NewKey>;

export const NewKeyReply = Key.extend({ secret: z.string() });
