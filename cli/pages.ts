import type { Tiltmeter } from '../clients/typescript/tiltmeter.ts';

/** Every item of a paged list, page after page. */
export async function everything<Item>(
  client: Tiltmeter,
  path: string,
  query: Readonly<Record<string, string | undefined>> = {},
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value);
    if (cursor !== null) search.set('cursor', cursor);
    const page: { items: Item[]; next_cursor: string | null } = await client.call('GET', `${path}?${search}`);
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return items;
}
