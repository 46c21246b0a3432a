import type { Layer, Model } from '../../api/types.ts';
import { severity } from '../../ui/state.ts';

/** In the order of a reader's questions: is it still right, are its inputs as before, does it answer, what comes of it. */
export const READ = ['model', 'data', 'serving', 'business'] as const satisfies readonly Layer[];
export type ReadLayer = (typeof READ)[number];

/** The layers as they are shown: those that are unwell first, the worst of them at the top; the rest in the order of questions. */
export function layerOrder(layers: Model['layers']): ReadLayer[] {
  const pain = (layer: ReadLayer) => {
    const found = severity(layers[layer] ?? 'no_data');
    return found >= severity('warning') ? found : 0;
  };
  return [...READ].sort((a, b) => pain(b) - pain(a));
}
