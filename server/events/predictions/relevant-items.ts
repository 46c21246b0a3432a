/** An item of a ranking and how relevant it was. */
export interface RelevantItem {
  readonly item: string;
  readonly relevance: number;
}

/**
 * What a stored label of a ranking names, the most relevant first: one item, a list of them, or a list with grades. Pure.
 * `relevantItems('[["b",1],["a",3]]')` → a with 3, b with 1; `relevantItems('a')` → a with 1; `relevantItems('[]')` → none
 */
export function relevantItems(label: string): RelevantItem[] {
  const named = label.startsWith('[') ? listed(label) : undefined;
  const items = named ?? [{ item: label, relevance: 1 }];
  return items.sort((a, b) => b.relevance - a.relevance);
}

/** Undefined for a text that only looks like a list: it is the name of an item. */
function listed(label: string): RelevantItem[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(label);
  } catch {
    return undefined;
  }
  const items = (parsed as unknown[]).map((one) =>
    typeof one === 'string' ? { item: one, relevance: 1 } : gradedOf(one),
  );
  return items.every((one) => one !== undefined) ? items : undefined;
}

function gradedOf(pair: unknown): RelevantItem | undefined {
  if (!Array.isArray(pair)) return undefined;
  const [item, relevance] = pair as unknown[];
  return typeof item === 'string' && typeof relevance === 'number' ? { item, relevance } : undefined;
}
