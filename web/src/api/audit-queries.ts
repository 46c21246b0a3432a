import { get, pages } from './asking.ts';
import type { AuditEntry, AuditVerification } from './types.ts';

/** The newest first; of a search those that fit, of which a page may have few or none before there are more. */
export const auditPages = (search: string) =>
  pages<AuditEntry>('/audit', {}, search === '' ? {} : { search }, 200);
/** The whole chain is hashed anew: asked for once, not again and again. */
export const auditVerifyQuery = {
  ...get<AuditVerification>('/audit/verify'),
  refetchInterval: false as const,
  staleTime: 5 * 60_000,
};
