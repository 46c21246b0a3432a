import { z } from 'zod';

/** Something that has the name, or the id, that was looked for. */
export const SearchHit = z.object({
  kind: z.enum(['model', 'column', 'prediction']),
  model: z.string(),
  /** Name of the column, or id of the prediction; the model's own for a model. */
  name: z.string(),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** `complete`: false where there were too many models to look for a prediction in all of them. */
export const SearchResult = z.object({ items: z.array(SearchHit), complete: z.boolean() });
export type SearchResult = z.infer<typeof SearchResult>;
