import { z } from 'zod';
import { LINK_PLACES, type LinkPlace, templateFault } from './link-template.ts';
import { PrintableName } from './name.ts';

const Where = z
  .array(z.enum(Object.keys(LINK_PLACES) as [LinkPlace, ...LinkPlace[]]))
  .min(1)
  .max(Object.keys(LINK_PLACES).length);

/** A link to another system, shown where its values are known. */
export const LinkTemplate = z.object({
  /** What people read; there is one of each name. */
  name: PrintableName,
  /** On which pages it is shown. */
  where: Where,
  /** With `{trace_id}`, `{model}` … in place of what is shown. */
  url: z.string(),
});
export type LinkTemplate = z.infer<typeof LinkTemplate>;

/** Where a link is shown and leads. */
export const NewLink = z
  .object({ where: Where, url: z.string().max(2048) })
  .strict()
  .superRefine(({ where, url }, refused) => {
    const message = templateFault(url, where);
    if (message !== null) refused.addIssue({ code: 'custom', path: ['url'], message });
  });
export type NewLink = z.infer<typeof NewLink>;
