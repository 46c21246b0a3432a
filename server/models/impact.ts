import type { Impact } from '../../contract/impact.ts';
import type { ModelRow } from '../store/ledger/schema.ts';

/** What each answer of a model is worth, as people set it; null where nobody did. */
export function impactOf({ impact }: Pick<ModelRow, 'impact'>): Impact | null {
  return impact === null ? null : (JSON.parse(impact) as Impact);
}
