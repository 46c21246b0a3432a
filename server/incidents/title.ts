import { kindOf, rankOf } from '../monitors/kinds/index.ts';
import { brokenColumns } from './causes/cause.ts';
import type { Fact } from './fact.ts';
import { forSegment } from './segment-words.ts';

const NAMED = 3;

/**
 * The incident in one sentence, harm before what explains it, and of that what concerns the most important column: what, which columns, since when. `columns`: names of the columns concerned, most
 * important first. It holds names and statistics, never a value of a column.
 * Example: `Missing values in income, with input drift in age and tenure, since 14 Mar 2026, 08:00 UTC`
 */
export function titleOf(all: readonly Fact[], columns: readonly string[], startedAt: number): string {
  // That a broken column drifts goes without saying.
  const broken = brokenColumns(all);
  const facts = all.filter(({ kind, column }) => kindOf(kind)?.role !== 'shift' || !broken.has(column));
  const rank = (kind: string) => {
    const places = facts.filter((fact) => fact.kind === kind).map(({ column }) => columns.indexOf(column));
    const known = places.filter((place) => place >= 0);
    return known.length > 0 ? Math.min(...known) : columns.length;
  };
  const kinds = [...new Set(facts.map(({ kind }) => kind))].sort(
    (a, b) => Number(isEffect(b)) - Number(isEffect(a)) || rank(a) - rank(b) || rankOf(a) - rankOf(b),
  );
  const phrases = kinds.map((kind) => phraseOf(facts, kind, columns));
  const [first = 'Something changed', second, ...rest] = phrases;
  const more = rest.length > 0 && !second?.endsWith('more columns') ? ' and more' : '';
  const told = second === undefined ? first : `${first}, with ${lowered(second)}${more},`;
  const models = new Set(all.map(({ model }) => model)).size;
  return `${told} since ${moment(startedAt)}${models > 1 ? `, in ${models} models` : ''}`;
}

/** What hurts, as opposed to what explains it. */
const isEffect = (kind: string) => kindOf(kind)?.role === 'effect';

function phraseOf(facts: readonly Fact[], kind: string, columns: readonly string[]): string {
  const all = facts.filter((fact) => fact.kind === kind);
  // What happens to all predictions happens to segments of them.
  const whole = all.filter(({ segment }) => segment === '');
  const concerned = whole.length > 0 ? whole : all;
  const names = new Set(concerned.map(({ column }) => column).filter((name) => name !== ''));
  const ordered = [...columns.filter((name) => names.has(name)), ...names].filter(
    (name, i, all) => all.indexOf(name) === i,
  );
  const worst = concerned.reduce((a, b) => (distance(b) > distance(a) ? b : a));
  const { value, baseline } = worst.peak;
  const finding = { metric: worst.metric, columns: listed(ordered.map(together)), value, baseline };
  return forSegment(kindOf(kind)?.phrase(finding) ?? `Alerts of ${kind}`, segmentsOf(concerned, worst));
}

/** `sex, race`, the name of attributes that are looked at together → 'sex × race' */
const together = (name: string) => name.replaceAll(', ', ' × ');

/** `country = FR`, or `country = FR and 2 more segments`: the worst of them first. */
function segmentsOf(facts: readonly Fact[], worst: Fact): string {
  const others = new Set(facts.map(({ segment }) => segment)).size - 1;
  if (others === 0) return worst.segmentText;
  return `${worst.segmentText} and ${others} more segment${others === 1 ? '' : 's'}`;
}

/** `listed(['a', 'b', 'c', 'd', 'e'])` → 'a, b and 3 more columns' */
export function listed(names: readonly string[], many = 'columns'): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length <= NAMED) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${names.slice(0, NAMED - 1).join(', ')} and ${names.length - NAMED + 1} more ${many}`;
}

/** `moment(1773475200000)` → '14 Mar 2026, 08:00 UTC' */
export function moment(ms: number): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) (\d+:\d+)/.exec(new Date(ms).toUTCString())!;
  return `${Number(day)} ${month} ${year}, ${time} UTC`;
}

function distance({ peak }: Fact): number {
  return Math.abs((peak.value ?? 0) - (peak.baseline ?? 0));
}

/** Not for an acronym: `ROC AUC fell` stays. */
function lowered(phrase: string): string {
  return /^[A-Z][a-z]/.test(phrase) ? phrase[0]!.toLowerCase() + phrase.slice(1) : phrase;
}
