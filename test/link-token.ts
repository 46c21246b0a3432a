/** The token of a sign-in link. */
export function linkToken(link: string): string | null {
  return new URL(link).searchParams.get('token');
}
