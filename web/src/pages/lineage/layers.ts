import type { Lineage, LineageNode } from '../../api/types.ts';

/**
 * The nodes in columns from left to right: each right of all that it depends on, and what depends on nothing just left of the first that depends on it.
 * What depends on itself in a circle stands in one column. Pure. Example: bureau → risk → limits gives [[bureau], [risk], [limits]]
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
  const after = Map.groupBy(edges, ({ from }) => from);
  for (const { id } of nodes) {
    if (before.has(id)) continue;
    const next = (after.get(id) ?? []).map(({ to }) => depths.get(to)!);
    if (next.length > 0) depths.set(id, Math.min(...next) - 1);
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
  const isOpen = new Set<string>();
  const visit = (id: string): void => {
    order.set(id, order.size);
    low.set(id, order.get(id)!);
    open.push(id);
    isOpen.add(id);
    for (const other of beforeOf(id)) {
      if (!order.has(other)) visit(other);
      if (isOpen.has(other)) low.set(id, Math.min(low.get(id)!, low.get(other)!));
    }
    if (low.get(id) !== order.get(id)) return;
    const circle = open.splice(open.lastIndexOf(id));
    for (const each of circle) isOpen.delete(each);
    circles.push(circle);
  };
  for (const id of ids) if (!order.has(id)) visit(id);
  return circles;
}

/** Where a node stands, in pixels of the drawing. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export const NODE = { width: 220, height: 60, across: 96, down: 12 } as const;

/** A dependency as it is drawn: from place to place, past the columns that lie between. */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly past: readonly Place[];
}

/**
 * The upper left corner of each node, the ways of the edges, and how large the drawing is. An edge over several columns has a place of its own in
 * each that lies between, so that it runs behind no node; in a column what stands together is what depends on neighbours (barycentres). Pure.
 */
export function placesOf(lineage: Lineage) {
  const layers = layersOf(lineage);
  const columnOf = new Map(layers.flatMap((layer, column) => layer.map(({ id }) => [id, column] as const)));
  const slots: string[][] = layers.map((layer) => layer.map(({ id }) => id));
  const ways = lineage.edges.map(({ from, to }) => {
    const between: string[] = [];
    for (let column = columnOf.get(from)! + 1; column < columnOf.get(to)!; column++) {
      const slot = `${from} ${to} ${column}`;
      slots[column]!.push(slot);
      between.push(slot);
    }
    return { from, to, stops: [from, ...between, to], between };
  });
  const before = Map.groupBy(
    ways.flatMap(({ stops }) => stops.slice(1).map((to, i) => ({ from: stops[i]!, to }))),
    ({ to }) => to,
  );
  const places = new Map<string, Place>();
  slots.forEach((ids, column) => {
    const y = (id: string) => {
      const known = (before.get(id) ?? []).flatMap(({ from }) => places.get(from)?.y ?? []);
      return known.length === 0
        ? Number.POSITIVE_INFINITY
        : known.reduce((sum, each) => sum + each, 0) / known.length;
    };
    const weight = new Map(ids.map((id) => [id, y(id)]));
    ids.sort((a, b) => (weight.get(a) === weight.get(b) ? 0 : weight.get(a)! - weight.get(b)!));
    ids.forEach((id, row) => {
      places.set(id, { x: column * (NODE.width + NODE.across), y: row * (NODE.height + NODE.down) });
    });
  });
  const rows = Math.max(0, ...slots.map((ids) => ids.length));
  return {
    places,
    ways: ways.map(
      ({ from, to, between }): Way => ({ from, to, past: between.map((id) => places.get(id)!) }),
    ),
    width: Math.max(0, slots.length * (NODE.width + NODE.across) - NODE.across),
    height: Math.max(0, rows * (NODE.height + NODE.down) - NODE.down),
  };
}
