import type { Source } from '../../contract/lineage.ts';
import type { Ctx } from '../context.ts';
import type { ModelRow } from '../store/ledger/schema.ts';

/** What a model says that it depends on. */
export interface Named {
  /** Ids of models. */
  readonly upstream: readonly string[];
  readonly sources: readonly Source[];
}

/** By model, of those that name anything. */
export type NamedOf = ReadonlyMap<string, Named>;

const NOTHING: Named = { upstream: [], sources: [] };
/** Models upstream of one that are looked at, the nearest first. */
const MOST = 200;

/** What a model's row says that it depends on. */
export function namedBy({ upstream, sources }: Pick<ModelRow, 'upstream' | 'sources'>): {
  upstream: string[];
  sources: Source[];
} {
  return {
    upstream: JSON.parse(upstream ?? '[]') as string[],
    sources: JSON.parse(sources ?? '[]') as Source[],
  };
}

/** What all models say that they depend on. */
export async function readNamed({ ledger }: Pick<Ctx, 'ledger'>): Promise<NamedOf> {
  const rows = await ledger
    .selectFrom('models')
    .select(['id', 'upstream', 'sources'])
    .where((eb) => eb.or([eb('upstream', 'is not', null), eb('sources', 'is not', null)]))
    .execute();
  return new Map(rows.map(({ id, ...row }) => [id, namedBy(row)]));
}

/** What a model depends on; nothing where nobody said. */
export function namedOf(named: NamedOf, model: string): Named {
  return named.get(model) ?? NOTHING;
}

/**
 * The models that a model's questions pass through before, the nearest first, each once and itself never, also where they depend on one another
 * in a circle. Pure. Example: c names b, b names a → `upstreamOf(named, 'c')` is ['b', 'a']
 */
export function upstreamOf(named: NamedOf, model: string): string[] {
  const found = new Set<string>([model]);
  for (const each of found) {
    for (const next of namedOf(named, each).upstream) found.add(next);
    if (found.size > MOST) break;
  }
  found.delete(model);
  return [...found].slice(0, MOST);
}

/** Models as they come before one another: first those that nothing of the others is upstream of, as all of a circle; else as they were. Pure. */
export function firstOf(named: NamedOf, models: readonly string[]): string[] {
  const above = new Map(models.map((model) => [model, new Set(upstreamOf(named, model))]));
  const isFirst = (model: string) =>
    models.every((other) => !above.get(model)!.has(other) || above.get(other)!.has(model));
  return [...models.filter(isFirst), ...models.filter((model) => !isFirst(model))];
}
