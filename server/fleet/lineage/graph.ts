import type { Lineage, LineageEdge, LineageNode } from '../../../contract/lineage.ts';
import type { NamedOf } from '../../models/lineage.ts';

/** What is known of a model that is named. */
export interface Known {
  readonly name: string;
  readonly incident: LineageNode['incident'];
}

const modelNode = (id: string) => `model/${id}`;
const sourceNode = (name: string) => `source/${name}`;

/**
 * The graph of what models name, models and sources by name; a source of one name is one node, of the kind that was said first. Of `around` only what
 * it depends on and what depends on it. Pure. Example: credit-risk names the source bureau → bureau → credit-risk
 */
export function graphOf(named: NamedOf, known: ReadonlyMap<string, Known>, around?: string): Lineage {
  const nodes = new Map<string, LineageNode>();
  const edges: LineageEdge[] = [];
  const addModel = (id: string) => {
    const own = known.get(id);
    nodes.set(modelNode(id), {
      ...{ id: modelNode(id), kind: 'model', name: own?.name ?? id },
      ...{ model: own === undefined ? null : id, incident: own?.incident ?? null },
    });
  };
  if (around !== undefined) addModel(around);
  for (const [model, { upstream, sources }] of named) {
    addModel(model);
    for (const id of upstream) {
      addModel(id);
      edges.push({ from: modelNode(id), to: modelNode(model), columns: null });
    }
    for (const { name, kind, columns } of sources) {
      const id = sourceNode(name);
      if (!nodes.has(id)) nodes.set(id, { id, kind, name, model: null, incident: null });
      edges.push({ from: id, to: modelNode(model), columns: columns ?? null });
    }
  }
  const shown = around === undefined ? nodes : connected(nodes, edges, modelNode(around));
  const byName = (a: LineageNode, b: LineageNode) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  return {
    nodes: [...shown.values()].sort(byName),
    edges: edges.filter(({ from, to }) => shown.has(from) && shown.has(to)),
  };
}

/** What it depends on, and what depends on it, however far; not what else depends on the same. */
function connected(
  nodes: ReadonlyMap<string, LineageNode>,
  edges: readonly LineageEdge[],
  around: string,
): Map<string, LineageNode> {
  const above = Map.groupBy(edges, ({ to }) => to);
  const below = Map.groupBy(edges, ({ from }) => from);
  const before = reached(around, (id) => (above.get(id) ?? []).map(({ from }) => from));
  const behind = reached(around, (id) => (below.get(id) ?? []).map(({ to }) => to));
  return new Map([...nodes].filter(([id]) => before.has(id) || behind.has(id)));
}

function reached(from: string, next: (id: string) => readonly string[]): Set<string> {
  const found = new Set([from]);
  for (const each of found) for (const id of next(each)) found.add(id);
  return found;
}
