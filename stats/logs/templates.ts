import { ANY } from './mask.ts';

/** A masked line (`maskLine`), and how many there were. */
export interface MaskedLine {
  readonly pattern: string;
  readonly count: number;
}

export interface Template<Line extends MaskedLine> {
  /** What its lines have in common, `<*>` for what differs. */
  readonly template: string;
  readonly lines: readonly Line[];
}

/** Of the tokens of two lines so many must be equal for them to be of one template. */
const SIMILAR = 0.6;
/** Tokens of a line that are compared: a line of a thousand letters is not worth a thousand comparisons with each template. */
const COMPARED = 32;
/** Templates among which a line of one length and beginning is looked for; what is beyond is a template of its own. */
const MOST_COMPARED = 200;

interface Growing<Line> {
  tokens: string[];
  readonly lines: Line[];
}

/**
 * Log lines grouped by template, as Drain does it (He, Zhu, Zheng, Lyu: Drain, an online log parsing approach with fixed depth tree, ICWS 2017): lines of as many tokens that begin alike
 * are compared token by token, and one joins the template that it is most similar to; where they differ the template has `<*>`. Here whole batches of masked lines are
 * grouped, the most frequent first, so that the same lines give the same templates whatever order they came in.
 * `mineTemplates([{ pattern: 'row <*> of orders', count: 2 }, { pattern: 'row <*> of labels', count: 1 }])` → one template, 'row <*> of <*>'
 */
export function mineTemplates<Line extends MaskedLine>(lines: readonly Line[]): Template<Line>[] {
  const ordered = [...lines].sort(
    (a, b) => b.count - a.count || (a.pattern < b.pattern ? -1 : a.pattern > b.pattern ? 1 : 0),
  );
  const leaves = new Map<string, Growing<Line>[]>();
  const all: Growing<Line>[] = [];
  for (const line of ordered) {
    const tokens = line.pattern.split(' ');
    const place = `${tokens.length} ${tokens[0]}`;
    const leaf = leaves.get(place) ?? [];
    leaves.set(place, leaf);
    const found = mostSimilar(leaf, tokens);
    if (found === undefined) {
      const own = { tokens, lines: [line] };
      if (leaf.length < MOST_COMPARED) leaf.push(own);
      all.push(own);
    } else {
      found.tokens = found.tokens.map((token, i) => (token === tokens[i] ? token : ANY));
      found.lines.push(line);
    }
  }
  return all.map(({ tokens, lines }) => ({ template: tokens.join(' '), lines }));
}

function mostSimilar<Line>(leaf: readonly Growing<Line>[], tokens: readonly string[]) {
  let [best, most] = [undefined as Growing<Line> | undefined, 0];
  for (const each of leaf) {
    const similar = similarity(each.tokens, tokens);
    if (similar > most) [best, most] = [each, similar];
  }
  return most >= SIMILAR ? best : undefined;
}

/**
 * The share of their first tokens that are equal, 0 where it is too small to matter; a template's `<*>` is equal to `<*>` alone, so that two unlike lines do not meet by
 * what is unlike in both.
 */
function similarity(template: readonly string[], tokens: readonly string[]): number {
  const compared = Math.min(COMPARED, tokens.length);
  let mayDiffer = Math.floor((1 - SIMILAR) * compared + 1e-9);
  let equal = 0;
  for (let i = 0; i < compared; i++) {
    if (template[i] === tokens[i]) equal++;
    else if (--mayDiffer < 0) return 0;
  }
  return equal / compared;
}
