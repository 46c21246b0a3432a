import { useMutation } from '@tanstack/react-query';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import type { ReviewItem } from '../../api/types.ts';
import { useChange } from '../settings/useChange.ts';

type Label = string | number | readonly string[];

/** What somebody does with an item. A refused claim is told by the server; the page goes on to the next. */
export function useReview(model: string) {
  const at = (id: string, verb: string) => address(`/models/:model/review/items/:id/${verb}`, { model, id });
  const path = address('/models/:model/review', { model });
  const answer = useChange(
    ({ id, label }: { id: string; label: Label }) => api.post<ReviewItem>(at(id, 'answer'), { label }),
    path,
  );
  const skip = useChange((id: string) => api.post<ReviewItem>(at(id, 'skip'), {}), path);
  const claim = useMutation({ mutationFn: (id: string) => api.post<ReviewItem>(at(id, 'claim'), {}) });
  return { answer, skip, claim };
}
