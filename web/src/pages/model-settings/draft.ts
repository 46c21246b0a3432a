import { ModelChange } from '../../../../contract/model.ts';
import type { Model } from '../../api/types.ts';

export type Field = Exclude<keyof ModelChange, 'columns' | 'importance'>;
type ColumnChange = NonNullable<ModelChange['columns']>[string];

/** What a field is now; the name is empty while it is the id. */
export function fieldOf(model: Model, field: Field): ModelChange[Field] {
  if (field === 'name') return model.name === model.id ? null : model.name;
  return model[field];
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** The draft with a field set; one that is as it was is not changed. Pure. */
export function withField<F extends Field>(
  model: Model,
  draft: ModelChange,
  field: F,
  value: ModelChange[F],
): ModelChange {
  const { [field]: _, ...rest } = draft;
  return same(value, fieldOf(model, field)) ? rest : { ...rest, [field]: value };
}

/** The draft with something of a column set. Pure. */
export function withColumn(
  model: Model,
  draft: ModelChange,
  name: string,
  change: ColumnChange,
): ModelChange {
  const column = model.columns.find((each) => each.name === name);
  const wanted = { ...draft.columns?.[name], ...change };
  const kept = Object.fromEntries(
    Object.entries(wanted).filter(([key, value]) => value !== column?.[key as 'type' | 'safe']),
  );
  const { [name]: _, ...others } = draft.columns ?? {};
  const columns = Object.keys(kept).length > 0 ? { ...others, [name]: kept } : others;
  const { columns: __, ...rest } = draft;
  return Object.keys(columns).length > 0 ? { ...rest, columns } : rest;
}

/** How many things a draft changes. `changes({ owner: 'risk', columns: { a: { safe: true } } })` → 2 */
export function changes({ columns = {}, ...fields }: ModelChange): number {
  return Object.keys(fields).length + Object.keys(columns).length;
}

/** Why values of a draft cannot be saved, by field, as sentences without a full stop. Pure. */
export function problems(draft: ModelChange): ReadonlyMap<string, string> {
  const parsed = ModelChange.safeParse(draft);
  const found = new Map<string, string>();
  for (const { path, message } of parsed.success ? [] : parsed.error.issues) {
    const field = String(path[0] ?? '');
    if (!found.has(field)) found.set(field, message);
  }
  return found;
}
