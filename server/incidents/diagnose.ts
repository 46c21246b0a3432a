import type { Cause } from '../../contract/incident.ts';
import { rfc3339 } from '../../contract/time.ts';
import { kindOf } from '../monitors/kinds/index.ts';
import { calibrated } from './calibrated.ts';
import { type Explanation, type Hypothesis, isConsequence } from './causes/cause.ts';
import { fromAlerts } from './causes/cause-from-alerts.ts';
import { HYPOTHESES } from './causes/index.ts';
import type { Evidence, Onset } from './evidence/evidence.ts';
import type { Fact } from './fact.ts';
import { forSegment } from './segment-words.ts';
import { moment } from './title.ts';

/** What is known by an alert alone is worth half of what was looked at. */
const UNSEEN_TRUST = 0.5;
/** Below this no cause is named: none of those that are known fits. */
const LEAST = 0.15;
/** Causes that are told. */
const MOST = 12;
/** How much of its confidence an explanation keeps that explains none of the alerts. */
const FLOOR = 0.25;
/** And one whose columns have no alert. */
const UNALERTED = 0.5;

/** An explanation with what it is worth beside the alerts, before it is known how often such a one is right. */
export interface Weighed extends Pick<Cause, 'kind' | 'column' | 'columns' | 'evidence'> {
  readonly explanation: Explanation;
  /** How far the hypothesis can be trusted × how much of the change it accounts for × how many of the alerts it explains × what it predicts and is seen. */
  readonly worth: number;
  /** The worth of the best one of another kind that explains some of the same; 0 without. */
  readonly rival: number;
}

/**
 * Holds an incident against every hypothesis, the likeliest first; nothing when none fits. Confidence is each cause's own: how often one that is worth so much, beside
 * its best rival, is right (`calibrated`). Pure.
 */
export function diagnose(
  facts: readonly Fact[],
  evidence: Evidence | null,
  hypotheses: readonly Hypothesis[] = HYPOTHESES,
): Cause[] {
  return weighed(facts, evidence, hypotheses)
    .map(({ explanation, worth, rival, ...cause }) => ({
      ...cause,
      explanation,
      // What is known by alerts alone was never held against anything.
      confidence: Number((evidence === null ? worth : calibrated(worth, rival)).toFixed(3)),
    }))
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, MOST)
    .map(({ explanation, ...cause }, i) => ({
      ...cause,
      sentence: told(explanation, i === 0 ? facts : [], evidence),
      ...(evidence === null ? {} : { onset: shownOnset(onsetOf(explanation, evidence)) }),
      advice: HYPOTHESES.find(({ kind }) => kind === cause.kind)?.advice,
    }));
}

/** What each explanation is worth, the most first; those that are worth next to nothing are none. Pure. */
export function weighed(
  facts: readonly Fact[],
  evidence: Evidence | null,
  hypotheses: readonly Hypothesis[] = HYPOTHESES,
): Weighed[] {
  const found =
    evidence === null
      ? fromAlerts(facts).map((explanation) => weigh(explanation.kind, UNSEEN_TRUST, explanation, facts))
      : hypotheses.flatMap(({ kind, trust, explain }) =>
          explain({ facts, evidence }).map((explanation) => weigh(kind, trust, explanation, facts)),
        );
  const fitting = found.filter(({ worth }) => worth >= LEAST).sort((a, b) => b.worth - a.worth);
  return fitting.map((each) => ({
    ...each,
    rival: fitting.find((other) => isRival(other, each))?.worth ?? 0,
  }));
}

/** Whether both cannot be the reason of the same. */
function isRival(
  a: Pick<Weighed, 'kind' | 'explanation'>,
  b: Pick<Weighed, 'kind' | 'explanation'>,
): boolean {
  return a.kind !== b.kind && a.explanation.explains.some((alert) => b.explanation.explains.includes(alert));
}

function weigh(
  kind: string,
  trust: number,
  explanation: Explanation,
  facts: readonly Fact[],
): Omit<Weighed, 'rival'> {
  const { columns, fit, unseen = 0, silent = false, evidence } = explanation;
  const weight = (of: readonly Fact[]) => of.reduce((sum, fact) => sum + weightOf(fact), 0);
  const covered =
    weight(facts.filter(({ alert }) => explanation.explains.includes(alert))) / Math.max(weight(facts), 1e-9);
  // A column that broke is alerted: without that it is a guess.
  const alerted =
    columns.length === 0 || silent || facts.some(({ column }) => columns.includes(column)) ? 1 : UNALERTED;
  const worth = trust * fit * alerted * (FLOOR + (1 - FLOOR) * covered) * (1 - unseen);
  return {
    ...{ kind, column: columns[0] ?? '', worth: Number(worth.toFixed(3)), evidence, explanation },
    ...(columns.length > 1 ? { columns: [...columns] } : {}),
  };
}

/** How much it counts that an alert is explained: what moved far must be, what may follow from anything hardly. */
function weightOf(fact: Fact): number {
  const { value, baseline } = fact.peak;
  const far = Math.min(1, Math.abs((value ?? 0) - (baseline ?? 0)));
  if (kindOf(fact.kind)?.harm === 'service') return 1;
  return isConsequence(fact) ? 0.3 : 0.1 + far;
}

/** What happened, since when, and what followed: one sentence. */
function told({ sentence, columns }: Explanation, facts: readonly Fact[], evidence: Evidence | null): string {
  if (evidence === null) return capital(sentence);
  const onset = onsetOf({ columns }, evidence);
  const since = `since ${moment(onset.at)}${onset.high > onset.low ? `, give or take ${buckets((onset.high - onset.low) / evidence.bucketMs)}` : ''}`;
  const broken = columns.length > 0 || facts.length > 0;
  const followed = facts
    .filter((fact) => isConsequence(fact) && !columns.includes(fact.column))
    .map(phraseOf);
  const therefore = broken && followed.length > 0 ? ` Therefore: ${[...new Set(followed)].join('; ')}.` : '';
  return capital(`${forSegment(since, evidence.within)}: ${sentence}.${therefore}`);
}

/** When its first column changed; without one, the clearest of the signals. */
function onsetOf({ columns }: Pick<Explanation, 'columns'>, { onsets, onset }: Evidence): Onset {
  return (columns[0] === undefined ? undefined : onsets.get(columns[0])) ?? onset;
}

function shownOnset({ at, low, high }: Onset) {
  return { at: rfc3339(at), low: rfc3339(low), high: rfc3339(high) };
}

function phraseOf({ kind, metric, column, segmentText, peak: { value, baseline } }: Fact): string {
  const phrase = forSegment(
    kindOf(kind)?.phrase({ metric, columns: column, value, baseline }) ?? kind,
    segmentText,
  );
  return /^[A-Z][a-z]/.test(phrase) ? phrase[0]!.toLowerCase() + phrase.slice(1) : phrase;
}

const buckets = (n: number) => (n === 1 ? 'a bucket' : `${Math.round(n)} buckets`);
const capital = (text: string) =>
  /^[a-z]+ /.test(text) && text.startsWith('since') ? `S${text.slice(1)}` : text;
