import { z } from 'zod';

/** One change, chained to the one before it: hash = SHA-256(previous_hash + canonical JSON of the rest). */
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
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** Whether the audit log is whole; `broken` names the first entry that is not. */
export const AuditVerification = z.object({
  entries: z.number(),
  hash: z.string(),
  broken: z.object({ seq: z.number(), reason: z.enum(['gap', 'not_chained', 'changed']) }).nullable(),
});
export type AuditVerification = z.infer<typeof AuditVerification>;
