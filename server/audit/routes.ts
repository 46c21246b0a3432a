import { AuditEntry, AuditQuery, AuditVerification, NotedHead } from '../../contract/audit.ts';
import { pageOf } from '../../contract/page.ts';
import { type Route, route } from '../http/route.ts';
import { listAudit } from './list-audit.ts';
import { verifyAudit } from './verify-audit.ts';

export const auditRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/audit',
    summary: 'Every change, newest first',
    tag: 'audit',
    access: 'admin',
    query: AuditQuery,
    reply: pageOf(AuditEntry),
    handle: (ctx, { query }) => listAudit(ctx, query),
  }),
  route({
    method: 'GET',
    path: '/api/v1/audit/verify',
    summary:
      'Check that no entry of the audit log was changed, removed or put in, nor cut off behind a noted end',
    tag: 'audit',
    access: 'admin',
    query: NotedHead,
    reply: AuditVerification,
    handle: (ctx, { query: { seq, hash } }) =>
      verifyAudit(ctx, seq === undefined || hash === undefined ? undefined : { seq, hash }),
  }),
];
