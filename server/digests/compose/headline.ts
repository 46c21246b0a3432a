import type { DigestContent } from '../../../contract/digest.ts';
import type { ModelFacts } from './fleet-facts.ts';
import { inWords } from './silent.ts';
import { count, plural } from './words.ts';

/** Models that are named with the reason why nothing of them is judged. */
const NAMED = 3;

/**
 * A digest in one line: 'Nothing moved in 41 models; 2 not judged: churn (no labels), fraud (no predictions)', or what there is to look at. `all`: false
 * where more incidents were there than are read. Pure.
 */
export function headlineOf(
  counts: DigestContent['counts'],
  facts: readonly ModelFacts[],
  all: boolean,
): string {
  const { models, told, not_judged, opened, resolved, going_on, worse, silent, moved, review } = counts;
  const unjudged = not_judged === 0 ? '' : `; ${count(not_judged)} not judged: ${unjudgedWords(facts)}`;
  if (models === 0) return 'There is no model that this digest is about';
  if (opened + resolved + going_on + moved + told + review === 0)
    return `Nothing moved in ${plural(models - not_judged, 'model')}${unjudged}`;
  const parts = [
    opened > 0 && `${plural(opened, 'incident')} opened`,
    resolved > 0 && `${count(resolved)} resolved`,
    going_on > 0 && `${count(going_on)} ${going_on === 1 ? 'goes' : 'go'} on now`,
    worse > 0 && `quality worse in ${plural(worse, 'model')}`,
    silent > 0 && `${plural(silent, 'model')} fell silent`,
    moved > 0 && `${plural(moved, 'column')} moved, small`,
    review > 0 && `${count(review)} P3 ${review === 1 ? 'waits' : 'wait'} for the weekly review`,
  ].filter((part) => part !== false);
  const said = parts.length === 0 ? '' : `: ${all ? '' : 'at least '}${parts.join(', ')}`;
  return `${count(told)} of ${plural(models, 'model')} to look at${said}${unjudged}`;
}

function unjudgedWords(facts: readonly ModelFacts[]): string {
  const all = facts.filter(({ unjudged }) => unjudged);
  const named = all.slice(0, NAMED).map(({ name, reasons, predictions }) => {
    const [first] = [...reasons].sort((a, b) => b.series - a.series);
    const why =
      predictions === 0
        ? 'no predictions yet'
        : first === undefined
          ? 'nothing judged yet'
          : inWords(first.reason);
    return `${name} (${why})`;
  });
  const rest = all.length - NAMED;
  return rest > 0 ? `${named.join(', ')} and ${count(rest)} more` : named.join(', ');
}
