import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useState } from 'react';
import type { ChangeEffects, ModelChange } from '../../../../contract/model.ts';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import type { Model } from '../../api/types.ts';
import { changes, type Field, fieldOf, problems, withColumn, withField } from './draft.ts';

/** Settings that are not saved yet, what they would do, and whether they are. */
export function useDraft(model: Model) {
  const [draft, setDraft] = useState<ModelChange>({});
  const queries = useQueryClient();
  const path = address('/models/:model', { model: model.id });
  const save = useMutation({
    mutationFn: (change: ModelChange) => api.patch<Model>(path, change),
    onSuccess: async (saved) => {
      queries.setQueryData([path], saved);
      setDraft({});
      await queries.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/api/v1/models'),
      });
    },
  });
  const n = changes(draft);
  const wrong = problems(draft);
  const effects = useQuery({
    queryKey: [`${path}/effects`, draft],
    queryFn: () => api.post<ChangeEffects>(`${path}/effects`, draft),
    enabled: n > 0 && wrong.size === 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
  useBlocker({
    shouldBlockFn: () => n > 0 && !confirm('Leave without saving what you changed?'),
    enableBeforeUnload: () => n > 0,
  });
  const set = (next: ModelChange) => {
    if (save.isSuccess || save.isError) save.reset();
    setDraft(next);
  };
  return {
    model,
    draft,
    n,
    wrong,
    effects,
    save,
    value: <F extends Field>(field: F): ModelChange[F] =>
      (field in draft ? draft[field] : fieldOf(model, field)) as ModelChange[F],
    setField: <F extends Field>(field: F, value: ModelChange[F]) =>
      set(withField(model, draft, field, value)),
    setColumn: (name: string, change: NonNullable<ModelChange['columns']>[string]) =>
      set(withColumn(model, draft, name, change)),
    setImportance: (importance: Record<string, number> | null | undefined) => {
      const { importance: _, ...rest } = draft;
      set(importance === undefined ? rest : { ...rest, importance });
    },
    discard: () => set({}),
  };
}

export type Draft = ReturnType<typeof useDraft>;
