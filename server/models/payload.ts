import type { PayloadNames } from '../../contract/payload.ts';
import type { ModelRow } from '../store/ledger/schema.ts';

/** What the positions of a model's tensors mean, as people set it; null where nobody did. */
export function payloadOf({ payload }: Pick<ModelRow, 'payload'>): PayloadNames | null {
  return payload === null ? null : (JSON.parse(payload) as PayloadNames);
}
