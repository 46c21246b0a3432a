/** The token of a pasted link, or the text itself when only the token was pasted. */
export function tokenOf(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const found = /[?&#]token=([^&#\s]+)/.exec(trimmed);
  if (found) return decodeURIComponent(found[1]!);
  return /^[\w-]+$/.test(trimmed) ? trimmed : undefined;
}

/** Where to go after signing in: only to a page of this dashboard, never to another site. */
export function landing(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])/.test(next) && !next.startsWith('/login') ? next : '/';
}
