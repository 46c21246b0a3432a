import type { FastifyInstance } from 'fastify';

/** The dashboard loads nothing from elsewhere; its component library writes style attributes. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const SECURITY_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

/** Where people come over https, a browser that came once never comes without again; other names of the host decide for themselves. */
const HTTPS_ONLY = { 'strict-transport-security': 'max-age=31536000' };

/**
 * Every reply says which request it answers and what a browser may do with it; only files are ever cached, and say so. `address`: where
 * people reach it.
 */
export function addHeaders(http: FastifyInstance, settings: { readonly address: string }): void {
  http.addHook('onRequest', async (request, reply) => {
    if (settings.address.startsWith('https:')) reply.headers(HTTPS_ONLY);
    reply.headers(SECURITY_HEADERS).header('x-request-id', request.id).header('cache-control', 'no-store');
  });
}
