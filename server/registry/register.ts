import { TiltmeterError } from '../../contract/errors.ts';
import { FEATURE_NAME } from '../../contract/name.ts';
import type { Registered, RegisteredVersion, Registration } from '../../contract/registry.ts';
import { audit } from '../audit/audit.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { addModel } from '../models/add-model.ts';
import { meaningOf, storedType } from '../models/columns/meaning.ts';
import { declareColumns, type Schemas } from '../models/columns/schemas.ts';
import { findModel, modelColumns } from '../models/find-model.ts';

/**
 * Takes over what a registry says of a model: makes the model where there is none, declares the columns that it lacks and keeps the versions in
 * place of those that this registry told before. What people set of the model, and columns that it has, stay as they are. Doing it again changes
 * nothing. Errors: not_allowed, model_being_deleted, too_many_features.
 */
export async function registerModel(
  ctx: Ctx,
  schemas: Pick<Schemas, 'forget' | 'maxColumns'>,
  id: string,
  { registry, name, description, columns, versions }: Registration,
): Promise<Registered> {
  authorise(ctx.actor, 'write');
  const { made } = await addModel(ctx, { id, description });
  // Of a version that is told twice the last counts.
  const distinct = [...new Map(versions.map((version) => [version.version, version])).values()];
  const declared = await declare(ctx, schemas.maxColumns, id, columns);
  const changes = await ctx.ledger.transaction().execute(async (trx) => {
    await findModel({ ledger: trx }, id);
    const rows = await trx
      .selectFrom('registered_versions')
      .select(['version', 'told'])
      .where('model', '=', id)
      .where('registry', '=', registry)
      .execute();
    const before = new Map(rows.map(({ version, told }) => [version, told]));
    const found = changesOf(before, distinct);
    if (found.removed.length > 0)
      await trx
        .deleteFrom('registered_versions')
        .where('model', '=', id)
        .where('version', 'in', found.removed)
        .execute();
    // One statement: a registry is read every ten minutes, with up to 200 versions of each of its models.
    const rowsNow = distinct.map((version) => ({
      ...{ model: id, version: version.version, registry, name, told: JSON.stringify(version) },
      seen_at: ctx.clock(),
    }));
    if (rowsNow.length > 0)
      await trx
        .insertInto('registered_versions')
        .values(rowsNow)
        .onConflict((conflict) =>
          conflict.columns(['model', 'version']).doUpdateSet(({ ref }) => ({
            registry: ref('excluded.registry'),
            name: ref('excluded.name'),
            told: ref('excluded.told'),
            seen_at: ref('excluded.seen_at'),
          })),
        )
        .execute();
    const changed = Object.values(found).some((names) => names.length > 0);
    if (changed || declared.added.length > 0)
      await audit(ctx, trx, 'model.register', id, { registry, name, ...found, columns: declared.added });
    return found;
  });
  if (made || declared.added.length > 0) schemas.forget(id);
  return { model: id, made, versions: changes, columns: declared };
}

/** What differs of what was told before. Pure. */
export function changesOf(
  before: ReadonlyMap<string, string>,
  versions: readonly RegisteredVersion[],
): Registered['versions'] {
  const named = new Set(versions.map(({ version }) => version));
  return {
    added: versions.filter(({ version }) => !before.has(version)).map(({ version }) => version),
    changed: versions
      .filter((one) => before.has(one.version) && before.get(one.version) !== JSON.stringify(one))
      .map(({ version }) => version),
    removed: [...before.keys()].filter((version) => !named.has(version)),
  };
}

async function declare(
  ctx: Ctx,
  limit: number,
  id: string,
  columns: Registration['columns'],
): Promise<Registered['columns']> {
  const model = await findModel(ctx, id);
  const existing = new Map((await modelColumns(ctx, id)).map((column) => [column.name, column]));
  const said = Object.entries(columns);
  const refused = said.filter(([name]) => !FEATURE_NAME.test(name)).map(([name]) => name);
  const wanted = said.filter(([name]) => FEATURE_NAME.test(name));
  const kept = wanted.flatMap(([name, registered]) => {
    const column = existing.get(name);
    if (column === undefined || meaningOf(column) === registered) return [];
    return [{ name, is: meaningOf(column), registered }];
  });
  const fresh = wanted.filter(([name]) => !existing.has(name));
  if (existing.size + fresh.length > limit) throw new TiltmeterError('too_many_features');
  // What its values show it to be is still looked for: a signature knows numbers and texts, no identifiers.
  await declareColumns(
    ctx,
    id,
    model.table_name,
    fresh.map(([name, type]) => ({ name, type: storedType(type), declared: false })),
  );
  return { added: fresh.map(([name]) => name), kept, refused };
}
