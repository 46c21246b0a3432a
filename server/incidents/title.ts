import { KINDS } from '../monitors/kinds/index.ts';
import { BROKEN } from './causes/cause.ts';
import type { Fact } from './fact.ts';

/** What is told first: harm before what explains it; of that, what concerns the most important column. */
const ORDER = [
  'performance',
  'error_rate',
  'freshness',
  'volume',
  'latency',
  'missing',
  'invalid',
  'range',
  'new_category',
  'drift',
  'prediction_drift',
];
/** What hurts, as opposed to what explains it. */
const EFFECTS = new Set(['performance', 'error_rate', 'freshness', 'volume', 'latency']);
const NAMED = 3;

/**
 * The incident in one sentence: what, which columns, since when. `columns`: names of the columns concerned, most
 * important first. It holds names and statistics, never a value of a column.
 * Example: `Missing values in income, with input drift in age and tenure, since 14 Mar 2026, 08:00 UTC`
 */
export function titleOf(all: readonly Fact[], columns: readonly string[], startedAt: number): string {
  // That a broken column drifts goes without saying.
  const broken = new Set(all.filter(({ kind }) => BROKEN.has(kind)).map(({ column }) => column));
  const facts = all.filter(({ kind, column }) => kind !== 'drift' || !broken.has(column));
  const rank = (kind: string) => {
    const places = facts.filter((fact) => fact.kind === kind).map(({ column }) => columns.indexOf(column));
    const known = places.filter((place) => place >= 0);
    return known.length > 0 ? Math.min(...known) : columns.length;
  };
  const kinds = [...new Set(facts.map(({ kind }) => kind))].sort(
    (a, b) =>
      Number(EFFECTS.has(b)) - Number(EFFECTS.has(a)) ||
      rank(a) - rank(b) ||
      ORDER.indexOf(a) - ORDER.indexOf(b),
  );
  const phrases = kinds.map((kind) => phraseOf(facts, kind, columns));
  const [first = 'Something changed', second, ...rest] = phrases;
  const more = rest.length > 0 && !second?.endsWith('more columns') ? ' and more' : '';
  const told = second === undefined ? first : `${first}, with ${lowered(second)}${more},`;
  return `${told} since ${moment(startedAt)}`;
}

function phraseOf(facts: readonly Fact[], kind: string, columns: readonly string[]): string {
  const concerned = facts.filter((fact) => fact.kind === kind);
  const names = new Set(concerned.map(({ column }) => column).filter((name) => name !== ''));
  const ordered = [...columns.filter((name) => names.has(name)), ...names].filter(
    (name, i, all) => all.indexOf(name) === i,
  );
  const worst = concerned.reduce((a, b) => (distance(b) > distance(a) ? b : a));
  const { value, baseline } = worst.peak;
  return KINDS[kind as keyof typeof KINDS].phrase({
    metric: worst.metric,
    columns: listed(ordered),
    value,
    baseline,
  });
}

/** `listed(['a', 'b', 'c', 'd', 'e'])` → 'a, b and 3 more columns' */
export function listed(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length <= NAMED) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${names.slice(0, NAMED - 1).join(', ')} and ${names.length - NAMED + 1} more columns`;
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
