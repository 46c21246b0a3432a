import type { KnownVersion, RegisteredVersion } from '../../contract/registry.ts';
import { rfc3339 } from '../../contract/time.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { findModel } from '../models/find-model.ts';

/** The versions of a model that registries have, the newest first. Errors: not_allowed, not_found. */
export async function listRegistered(
  ctx: Ctx,
  id: string,
): Promise<{ items: KnownVersion[]; next_cursor: null }> {
  authorise(ctx.actor, 'read');
  await findModel(ctx, id);
  return { items: await registeredVersions(ctx, id), next_cursor: null };
}

/** The versions of a model that registries have, the newest first; none for a model that none has. */
export async function registeredVersions(
  { ledger }: Pick<Ctx, 'ledger'>,
  model: string,
): Promise<KnownVersion[]> {
  const rows = await ledger
    .selectFrom('registered_versions')
    .selectAll()
    .where('model', '=', model)
    .execute();
  return rows
    .map(({ registry, name, told, seen_at }) => ({
      ...(JSON.parse(told) as RegisteredVersion),
      ...{ registry, name, seen_at: rfc3339(seen_at) },
    }))
    .sort((a, b) => b.registered_as.localeCompare(a.registered_as, 'en', { numeric: true }));
}
