import type { ReferenceColumn } from '../../../contract/reference.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { findModel, modelColumns } from '../../models/find-model.ts';
import { profileHead } from '../heads/read-heads.ts';
import { findReference } from './find-reference.ts';
import { referenceProfiles } from './resolve.ts';

/**
 * Which columns a model and one of its references have in common: what only one of the two has cannot be compared. Columns
 * of a file that the model did not have when it came are in its `options.ignored`. Errors: not_allowed, not_found.
 */
export async function compareReference(
  ctx: Ctx,
  modelId: string,
  id: string,
): Promise<{ items: ReferenceColumn[]; next_cursor: null }> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, modelId);
  const row = await findReference(ctx, model.id, id);
  const head = await profileHead(ctx, model.id);
  const at = (head?.last ?? 0) + model.bucket_ms;
  const { profiles } = await referenceProfiles(ctx, model.id, row.id, { at });
  const own = (await modelColumns(ctx, model.id)).map(({ name }) => name);
  const ignored = (JSON.parse(row.options) as { ignored?: string[] }).ignored ?? [];
  const items = own.map((name): ReferenceColumn => {
    const profile = profiles.get(name);
    const known = profile !== undefined && profile.n > 0;
    return { name, in_model: true, n: known ? profile.n : null, missing: known ? profile.missing : null };
  });
  const others = ignored
    .filter((name) => !own.includes(name))
    .map((name): ReferenceColumn => ({ name, in_model: false, n: null, missing: null }));
  return { items: [...items, ...others], next_cursor: null };
}
