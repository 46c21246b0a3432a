import type { CellEstimate, Checked } from '../../../stats/estimation/cell-estimate.ts';
import { weighedEstimate } from '../../../stats/estimation/estimate-weight.ts';
import type { Outcome } from '../../../stats/outcome.ts';
import type { Quality } from '../subject.ts';

/**
 * What scores promise of `n` rows as it is told: nearer to the own value of the rows that it was learned of where labels of earlier
 * windows contradicted such promises. Pure.
 */
export function weighedQuality(
  found: Outcome<CellEstimate>,
  own: { readonly value: number } | { readonly reason: string },
  checked: readonly Checked[],
  n: number,
): Quality {
  if (!('value' in found && 'value' in own)) return { ...found, n };
  const past = checked.map((one) => ({ ...one, own: own.value }));
  return { ...weighedEstimate(found, own.value, past), n };
}
