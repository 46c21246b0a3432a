import { segmentParts } from '../../../../contract/segment-key.ts';
import type { ModelSegments } from '../../api/types.ts';

type Split = ModelSegments['splits'][number];

/**
 * The conditions that find the predictions of a segment; null for the rest of many values, which no condition names.
 * `segmentWhere('country=FR', split)` → ['country:eq:FR']
 */
export function segmentWhere(key: string, split: Split): string[] | null {
  const conditions: string[] = [];
  for (const [i, { column, value }] of segmentParts(key).entries()) {
    const facts = split.columns[i];
    if (value === null || facts === undefined) return null;
    const name = conditionName(column, facts.of);
    if (value === '') conditions.push(`${name}:missing`);
    else if (facts.of === 'number') conditions.push(...bandWhere(name, value, facts.cuts ?? []));
    else conditions.push(`${name}:eq:${value}`);
  }
  return conditions;
}

/** What a condition calls the column, the tag or the variant. */
function conditionName(column: string, of: Split['columns'][number]['of']): string {
  if (of === 'tag') return `_tags.${column}`;
  return of === 'variant' ? '_variant' : column;
}

/** A band lies from one cut up to the next: `< 25`, `25 – 40`, `≥ 40`. */
function bandWhere(name: string, band: string, cuts: readonly number[]): string[] {
  if (cuts.length === 0) return [];
  const from = cuts.findLast((cut) => band.startsWith(`${cut} – `) || band === `≥ ${cut}`);
  const to = cuts.find((cut) => band.endsWith(` – ${cut}`) || band === `< ${cut}`);
  return [
    ...(from === undefined ? [] : [`${name}:gte:${from}`]),
    ...(to === undefined ? [] : [`${name}:lt:${to}`]),
  ];
}
