import { z } from 'zod';

export const LAYERS = ['infrastructure', 'serving', 'data', 'model', 'business'] as const;
export const Layer = z.enum(LAYERS);
export type Layer = z.infer<typeof Layer>;

export const LayerState = z.enum(['ok', 'warning', 'failing', 'no_data', 'not_enough_data']);
export type LayerState = z.infer<typeof LayerState>;

export const Layers = z.record(Layer, LayerState);
export type Layers = z.infer<typeof Layers>;
