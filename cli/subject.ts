/** An option that may be given several times. */
export function repeated(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** The address of something about a subject. */
export function subjectPath(
  model: string,
  what: string,
  {
    id,
    where,
    ...others
  }: { id: readonly string[]; where: readonly string[] } & Readonly<
    Record<string, string | readonly string[]>
  >,
): string {
  const search = new URLSearchParams(others as Record<string, string>);
  for (const one of id) search.append('id', one);
  for (const one of where) search.append('where', one);
  return `/models/${encodeURIComponent(model)}/${what}?${search}`;
}
