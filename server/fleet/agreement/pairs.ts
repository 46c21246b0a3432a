import type { ReviewerAgreement } from '../../../contract/agreement.ts';
import { cohenKappa } from '../../../stats/agreement/cohen-kappa.ts';
import { measured } from '../quality/measured.ts';
import type { Answers } from './read-answers.ts';

const PAIRS = 50;

/** Cohen's kappa of each two reviewers on what both labelled, the fifty pairs with most in common first. */
export function pairsOf(answers: readonly Answers[]): ReviewerAgreement['pairs'] {
  const both = new Map<string, { names: readonly [string, string]; labels: [string, string][] }>();
  for (const of of answers) {
    const sorted = of.toSorted(([a], [b]) => (a < b ? -1 : 1));
    for (const [at, [first, one]] of sorted.entries())
      for (const [second, other] of sorted.slice(at + 1)) {
        const key = JSON.stringify([first, second]);
        const pair = both.get(key) ?? { names: [first, second], labels: [] };
        pair.labels.push([one, other]);
        both.set(key, pair);
      }
  }
  return [...both.values()]
    .sort((a, b) => b.labels.length - a.labels.length)
    .slice(0, PAIRS)
    .map(({ names: [first, second], labels }) => {
      const kappa = cohenKappa(labels);
      const [alike, by_chance] = 'value' in kappa ? [kappa.observed, kappa.expected] : [null, null];
      return { first, second, kappa: measured({ ...kappa, n: labels.length }), alike, by_chance };
    });
}
