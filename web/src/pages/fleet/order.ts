import type { Layer, LayerState, ModelSummary } from '../../api/types.ts';
import { type Sort, type SortValue, sorted } from '../../ui/sort.ts';
import { severity, worst } from '../../ui/state.ts';

/** In the order of the road from machine to money; the exhaustive record keeps it in step with the contract. */
const LABEL: Record<Layer, string> = {
  infrastructure: 'Infrastructure',
  serving: 'Serving',
  data: 'Data',
  model: 'Model',
  business: 'Business',
};
export const LAYERS = Object.keys(LABEL) as Layer[];
export const LAYER_LABEL = LABEL;

export function stateOf(model: ModelSummary, layer: Layer): LayerState {
  return model.layers[layer] ?? 'no_data';
}

function pain(model: ModelSummary): number[] {
  const { P1, P2, P3 } = model.open_incidents;
  const states = LAYERS.map((layer) => severity(stateOf(model, layer)));
  return [P1, P2, P3, Math.max(...states), states.filter((state) => state >= severity('warning')).length];
}

/** The most urgent first: open incidents by priority, then the worst state, then how many layers are unwell, then names. */
export function byPain(models: readonly ModelSummary[]): ModelSummary[] {
  const keyed = models.map((model) => ({ model, key: pain(model) }));
  keyed.sort((a, b) => {
    for (let i = 0; i < a.key.length; i++) {
      if (a.key[i] !== b.key[i]) return b.key[i]! - a.key[i]!;
    }
    return a.model.name.localeCompare(b.model.name);
  });
  return keyed.map(({ model }) => model);
}

/** Layers that at least one of the models reports to: a column of dashes says nothing. */
export function connectedLayers(models: readonly ModelSummary[]): Layer[] {
  return LAYERS.filter((layer) => models.some((model) => stateOf(model, layer) !== 'no_data'));
}

/** What the heads of the fleet sort by. */
function sortValue(model: ModelSummary, by: string): SortValue {
  switch (by) {
    case 'model':
      return model.name;
    case 'quality':
      return model.quality?.value;
    case 'traffic':
      return model.traffic.reduce((sum, { n }) => sum + n, 0);
    case 'incidents':
      return model.open_incidents.P1 * 1e6 + model.open_incidents.P2 * 1e3 + model.open_incidents.P3;
    case 'last':
      return model.last_event;
    default:
      return severity(stateOf(model, by as Layer));
  }
}

/** Sorted as the reader asked for; else the most urgent first. */
export function inOrder(models: readonly ModelSummary[], sort: Sort | undefined): ModelSummary[] {
  const urgent = byPain(models);
  return sort === undefined ? urgent : sorted(urgent, (model) => sortValue(model, sort.by), sort.way);
}

export interface FleetFilter {
  readonly q?: string;
  readonly state?: string;
  readonly owner?: string;
  readonly tag?: string;
}

/** Models whose name, owner, task or tags hold every word of `q`, and whose worst layer is `state`. */
export function matching(models: readonly ModelSummary[], filter: FleetFilter): ModelSummary[] {
  const words = (filter.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  return models.filter((model) => {
    const text = [model.name, model.id, model.owner ?? '', model.task, ...model.tags].join(' ').toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      (filter.state === undefined || worst(LAYERS.map((layer) => stateOf(model, layer))) === filter.state) &&
      (filter.owner === undefined || model.owner === filter.owner) &&
      (filter.tag === undefined || model.tags.includes(filter.tag))
    );
  });
}
