import { TiltmeterError } from '../../contract/errors.ts';
import type { Route } from './route.ts';

/**
 * Answers for addresses that no route took: `method_not_allowed` with the methods that would do, or `not_found`.
 * Example: `unknownAddress(routes)('PUT', '/api/v1/keys')` → { error: method_not_allowed, allow: 'GET, POST' }
 */
export function unknownAddress(routes: readonly Route[]) {
  const patterns = routes.map((route) => ({
    method: route.method,
    pattern: new RegExp(`^${route.path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}/?$`),
  }));
  return (method: string, path: string): { error: TiltmeterError; allow?: string } => {
    const methods = patterns.filter(({ pattern }) => pattern.test(path)).map((entry) => entry.method);
    if (methods.length === 0)
      return { error: new TiltmeterError('not_found', `there is nothing at ${path}`) };
    const allow = [...new Set(methods)].join(', ');
    return {
      error: new TiltmeterError('method_not_allowed', `${path} takes ${allow}, not ${method}`),
      allow,
    };
  };
}
