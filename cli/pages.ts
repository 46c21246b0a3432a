import type { Tiltmeter } from '../clients/typescript/tiltmeter.ts';

type Query = Readonly<Record<string, string | undefined>>;

/** The items of a paged list, page by page: no more than one page of them is held. */
export async function* pages<Item>(
  client: Tiltmeter,
  path: string,
  query: Query = {},
): AsyncGenerator<readonly Item[]> {
  let cursor: string | null = null;
  do {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value);
    if (cursor !== null) search.set('cursor', cursor);
    const page: { items: Item[]; next_cursor: string | null } = await client.call('GET', `${path}?${search}`);
    yield page.items;
    cursor = page.next_cursor;
  } while (cursor !== null);
}

/** Every item of a paged list, page after page. */
export async function everything<Item>(client: Tiltmeter, path: string, query: Query = {}): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages<Item>(client, path, query)) items.push(...page);
  return items;
}
