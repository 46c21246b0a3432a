/** What places a span among others. */
export interface Placeable {
  readonly id: string;
  readonly parent: string | null;
  readonly offset_ms: number;
}

/**
 * Spans as a tree read from top to bottom: each before its children, which are in the order in which they began. A span whose parent did not
 * come is a root, and so is one of a circle of parents that broken clients make.
 * Example: b is a child of a, so `inTree([b, a])` → a with depth 0, b with depth 1
 */
export function inTree<Span extends Placeable>(
  spans: readonly Span[],
): (Span & { readonly depth: number })[] {
  const known = new Map(spans.map((span) => [span.id, span]));
  const byTime = [...spans].sort((a, b) => a.offset_ms - b.offset_ms || a.id.localeCompare(b.id));
  const children = Map.groupBy(byTime, ({ id, parent }) =>
    parent !== null && parent !== id && known.has(parent) ? parent : ROOTS,
  );
  const placed: (Span & { readonly depth: number })[] = [];
  const seen = new Set<string>();
  /** Not by recursion: a trace may be as deep as it is long. */
  function place(root: Span): void {
    const waiting = [{ span: root, depth: 0 }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { span, depth } = next;
      if (seen.has(span.id)) continue;
      seen.add(span.id);
      placed.push({ ...span, depth });
      for (const child of (children.get(span.id) ?? []).toReversed())
        waiting.push({ span: child, depth: depth + 1 });
    }
  }
  for (const root of children.get(ROOTS) ?? []) place(root);
  for (const span of byTime) if (!seen.has(span.id)) place({ ...span, parent: null });
  return placed;
}

const ROOTS = '';
