import { z } from 'zod';
import { PageQuery } from './page.ts';

/** One change, chained to the one before it: an HMAC under the secret key, or of entries without `key_id` a SHA-256. */
export const AuditEntry = z.object({
  seq: z.number(),
  at: z.string(),
  /** Kind and name of who acted, `user:ada@example.org`, and the id that nobody else has; null in entries from before ids were kept. */
  actor: z.string(),
  actor_id: z.string().nullable(),
  action: z.string(),
  target: z.string(),
  detail: z.record(z.string(), z.unknown()),
  previous_hash: z.string(),
  hash: z.string(),
  key_id: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** `search`: part of who did it, of what was done or of what to, in any case. A page of a search may have few entries, or none, before there are more. */
export const AuditQuery = PageQuery.extend({ search: z.string().trim().min(1).max(256).optional() });
export type AuditQuery = z.infer<typeof AuditQuery>;

/** Whether the audit log is whole; `broken` names the first entry that is not. */
export const AuditVerification = z.object({
  entries: z.number(),
  hash: z.string(),
  /** The first entry that is chained under a key; null when none is. What is before it shows accidents only. */
  keyed_from: z.number().nullable(),
  broken: z
    .object({
      seq: z.number(),
      reason: z.enum(['gap', 'not_chained', 'changed', 'not_keyed', 'unknown_key', 'not_as_noted']),
    })
    .nullable(),
});
export type AuditVerification = z.infer<typeof AuditVerification>;

/** Where the audit log ended when somebody noted it (log, /metrics): it must still have that entry. */
export const NotedHead = z
  .object({ seq: z.coerce.number().int().min(1).max(1e15), hash: z.string().min(1).max(64) })
  .partial()
  .strict()
  .refine(({ seq, hash }) => (seq === undefined) === (hash === undefined), 'seq and hash go together');
