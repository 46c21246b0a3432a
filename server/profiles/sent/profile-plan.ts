import type { ProfilePlan } from '../../../contract/profile-plan.ts';
import { PROFILE_DEFINITION } from '../../../contract/sent-profile.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { profiledColumns } from '../../models/columns/profiled-columns.ts';
import type { Schemas } from '../../models/columns/schemas.ts';
import { findModel, modelColumns } from '../../models/find-model.ts';

/** Made columns that agents count, besides the features and `_prediction`. */
const MADE: ReadonlySet<string> = new Set(['_score', '_latency_ms']);

/** How an agent is to count a model. Errors: not_allowed, not_found. */
export async function profilePlan(
  ctx: Ctx,
  { protections }: Pick<Schemas, 'protections'>,
  id: string,
): Promise<ProfilePlan> {
  authorise(ctx.actor, 'ingest');
  const model = await findModel(ctx, id);
  await protections.refresh([id]);
  const protection = protections.of(id);
  const stored = new Map((await modelColumns(ctx, id)).map(({ name, type }) => [name, type]));
  const columns = (await profiledColumns(ctx, id)).filter(({ name }) => stored.has(name) || MADE.has(name));
  const ruled = (name: string) => protection?.rule(name) !== undefined;
  return {
    model: id,
    definition: PROFILE_DEFINITION,
    bucket_ms: model.bucket_ms,
    left_out: columns.map(({ name }) => name).filter(ruled),
    columns: columns
      .filter(({ name }) => !ruled(name))
      .map(({ name, type, codes, grid }) => ({
        name,
        type: stored.get(name) === 'boolean' ? 'boolean' : type,
        codes,
        center: grid?.center ?? null,
        scale: grid?.scale ?? null,
      })),
  };
}
