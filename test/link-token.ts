/** The token of a sign-in link, which stands behind the `#`, where it reaches no server and no log. */
export function linkToken(link: string): string | null {
  return new URLSearchParams(new URL(link).hash.slice(1)).get('token');
}
