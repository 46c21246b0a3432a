import type { Ctx } from '../../context.ts';
import { getIncident } from '../get-incident.ts';
import { listSimilar } from './list-similar.ts';
import { postmortem } from './postmortem.ts';

/** An incident as a post-mortem in Markdown. Errors: not_found. */
export async function readPostmortem(ctx: Ctx, id: string): Promise<string> {
  const [incident, { items }] = await Promise.all([getIncident(ctx, id), listSimilar(ctx, id)]);
  return postmortem(incident, items, ctx.settings.address.replace(/\/$/, ''));
}
