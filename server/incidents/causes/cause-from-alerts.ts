import { kindOf } from '../../monitors/kinds/index.ts';
import { evidenceOf, type Fact } from '../fact.ts';
import { forSegment } from '../segment-words.ts';
import { brokenColumns, type Explanation } from './cause.ts';

/** What alerts alone suggest, by the cause that their kinds name, when nothing else could be asked. */
export function fromAlerts(facts: readonly Fact[]): (Explanation & { readonly kind: string })[] {
  const broken = brokenColumns(facts);
  return facts.flatMap((fact) => {
    const kind = kindOf(fact.kind);
    if (kind?.cause === undefined || (kind.role === 'shift' && broken.has(fact.column))) return [];
    const { metric, column } = fact;
    const { value, baseline } = fact.peak;
    return [
      {
        kind: kind.cause,
        columns: column === '' ? [] : [column],
        fit: Math.min(1, Math.sqrt(Math.abs((value ?? 0) - (baseline ?? 0)))),
        explains: [fact.alert],
        sentence: `${forSegment(kind.phrase({ metric, columns: column, value, baseline }), fact.segmentText)}.`,
        evidence: evidenceOf(fact),
      },
    ];
  });
}
