import type { Lineage, LineageNode } from '../../api/types.ts';

/**
 * The nodes in columns from left to right: each right of all that it depends on. What depends on itself in a circle stands in one column. Pure.
 * Example: bureau → risk → limits gives [[bureau], [risk], [limits]]
 */
export function layersOf({ nodes, edges }: Lineage): LineageNode[][] {
  const before = Map.groupBy(edges, ({ to }) => to);
  const beforeOf = (id: string) => (before.get(id) ?? []).map(({ from }) => from);
  const circles = circlesOf(
    nodes.map(({ id }) => id),
    beforeOf,
  );
  const circleOf = new Map(circles.flatMap((circle) => circle.map((id) => [id, circle] as const)));
  const depths = new Map<string, number>();
  // Each comes behind all that it depends on, so that their depths are known.
  for (const circle of circles) {
    const outside = circle.flatMap(beforeOf).filter((id) => circleOf.get(id) !== circle);
    const depth = Math.max(-1, ...outside.map((id) => depths.get(id)!)) + 1;
    for (const id of circle) depths.set(id, depth);
  }
  const layers: LineageNode[][] = [];
  for (const node of nodes) {
    const depth = depths.get(node.id)!;
    while (layers.length <= depth) layers.push([]);
    layers[depth]!.push(node);
  }
  return layers;
}

/**
 * What depends on itself in a circle together, anything else alone, each behind what it depends on: strongly connected components
 * (Tarjan 1972).
 */
function circlesOf(ids: readonly string[], beforeOf: (id: string) => readonly string[]): string[][] {
  const circles: string[][] = [];
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const visit = (id: string): void => {
    order.set(id, order.size);
    low.set(id, order.get(id)!);
    open.push(id);
    for (const other of beforeOf(id)) {
      if (!order.has(other)) visit(other);
      if (open.includes(other)) low.set(id, Math.min(low.get(id)!, low.get(other)!));
    }
    if (low.get(id) !== order.get(id)) return;
    circles.push(open.splice(open.indexOf(id)));
  };
  for (const id of ids) if (!order.has(id)) visit(id);
  return circles;
}

/** Where a node stands, in pixels of the drawing. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export const NODE = { width: 220, height: 48, across: 96, down: 12 } as const;

/** The upper left corner of each node, by id, and how large the drawing is. */
export function placesOf(layers: readonly (readonly LineageNode[])[]) {
  const places = new Map<string, Place>();
  layers.forEach((layer, column) => {
    layer.forEach(({ id }, row) => {
      places.set(id, { x: column * (NODE.width + NODE.across), y: row * (NODE.height + NODE.down) });
    });
  });
  const rows = Math.max(0, ...layers.map((layer) => layer.length));
  return {
    places,
    width: Math.max(0, layers.length * (NODE.width + NODE.across) - NODE.across),
    height: Math.max(0, rows * (NODE.height + NODE.down) - NODE.down),
  };
}
