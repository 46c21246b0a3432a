import { useQuery } from '@tanstack/react-query';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { monitorsQuery } from '../../api/queries.ts';
import type { Monitor, Reference } from '../../api/types.ts';
import { Ask } from '../../ui/Ask.tsx';
import { type Kinds, useKinds } from '../kinds.ts';
import { useChange } from './useChange.ts';

/** Deletes a reference after saying who uses it. */
export function DeleteReference({ model, reference }: { model: string; reference: Reference }) {
  const monitors = useQuery(monitorsQuery(model));
  const kinds = useKinds();
  const remove = useChange(
    () => api.remove(address('/models/:model/references/:id', { model, id: reference.id })),
    address('/models/:model', { model }),
  );
  return (
    <Ask
      label="Delete"
      name={`Delete ${reference.name}`}
      title={`Delete the reference ${reference.name}?`}
      yes="Delete the reference"
      failed="The reference was not deleted:"
      change={remove}
    >
      <p>{usedBy(reference, monitors.data?.items ?? [], kinds)}</p>
      <p>What was judged by it stays. This cannot be undone.</p>
    </Ask>
  );
}

/** Who compares with a reference, and what becomes of them. */
export function usedBy(
  { id, name, default: isDefault }: Pick<Reference, 'id' | 'name' | 'default'>,
  monitors: readonly Monitor[],
  kinds: Pick<Kinds, 'name'>,
): string {
  const naming = monitors.filter(({ options }) => options.reference === id || options.reference === name);
  const named = [...new Set(naming.map(({ kind }) => kinds.name(kind)))].join(', ');
  const alone = naming.length > 0 ? `Monitors that name it compare with nothing then: ${named}.` : '';
  if (isDefault)
    return `It is the default: monitors that name no reference compare with it, and have none until you choose another or the first weeks of production become one. ${alone}`.trim();
  return alone === '' ? 'No monitor compares with it.' : alone;
}
