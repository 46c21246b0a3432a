import { cohenKappa } from '../../stats/agreement/cohen-kappa.ts';
import { krippendorffAlpha } from '../../stats/agreement/krippendorff-alpha.ts';
import type { Estimate } from '../../stats/outcome.ts';
import { type Random, random, randomInteger } from '../../stats/random.ts';
import { drawnFrom, type Found } from './hits.ts';

/** Items with the answers of all who judged them. */
export interface Judged {
  readonly name: string;
  readonly items: readonly (readonly string[])[];
}

const ITEMS = 100_000;

/** Reviewers who are right in most items: of two even classes, of a rare one, of five, and who hardly ever differ. */
export function judgedTables(): Judged[] {
  return [
    judged('two even classes', [0.5, 0.5], 0.85),
    judged('one of 20 is rare', [0.95, 0.05], 0.95),
    judged('five classes', [0.4, 0.3, 0.15, 0.1, 0.05], 0.8),
    judged('hardly ever apart', [0.7, 0.3], 0.995),
  ];
}

function judged(name: string, shares: readonly number[], right: number): Judged {
  const next = random(5);
  const items = Array.from({ length: ITEMS }, () => {
    let [own, left] = [0, next()];
    while (own < shares.length - 1 && left >= shares[own]!) left -= shares[own++]!;
    return Array.from({ length: 2 + randomInteger(next, 3) }, () =>
      next() < right ? `${own}` : `${randomInteger(next, shares.length)}`,
    );
  });
  return { name, items };
}

const wholes = new Map<string, readonly Agreed[]>();

/** Kappa of two reviewers and alpha of all, against those of all items. */
export function realisedAgreement({ name, items }: Judged, n: number, next: Random): Found[] {
  const whole = wholes.get(name) ?? agreed(items);
  wholes.set(name, whole);
  const found = agreed(Array.from(drawnFrom(items.length, n, next), (item) => items[item]!));
  return found.map(({ metric, outcome }, i) => {
    const truth = whole[i]!.outcome;
    return { metric, outcome, truth: 'value' in truth ? truth.value : Number.NaN };
  });
}

interface Agreed {
  readonly metric: string;
  readonly outcome: Estimate | { readonly reason: string };
}

function agreed(items: Judged['items']): Agreed[] {
  return [
    { metric: "Cohen's kappa", outcome: cohenKappa(items.map(([a, b]) => [a!, b!])) },
    { metric: "Krippendorff's alpha", outcome: krippendorffAlpha(items) },
  ];
}
