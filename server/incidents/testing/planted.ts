import { FAULTS } from '../../../cli/drill/faults/index.ts';
import type { Cause } from '../../../contract/incident.ts';
import { random } from '../../../stats/random.ts';
import type { Case } from '../causes/cause.ts';
import { diagnose } from '../diagnose.ts';
import { type AnsweredRow, CHANGED_AT, caseOfRows, type RowCase } from './case-of-rows.ts';

/** Rows that a fault hits, and how many there are before it. */
const ROWS = { before: 3000, after: 1200 };
const COUNTRIES = ['FR', 'DE', 'UK', 'ES', 'PL'];

/** A made-up table: what is bought goes with age, income and country, and hangs together with them. */
function rowOf(next: () => number): AnsweredRow {
  const age = 18 + Math.floor(60 * next());
  const country = COUNTRIES[Math.floor(COUNTRIES.length * next() ** 1.6)]!;
  const wealth = 1.3 - 0.15 * COUNTRIES.indexOf(country);
  const income = Math.round(wealth * (800 + 60 * age * (0.4 + next()) + 500 * next()));
  const temperature = 12 + 9 * (next() + next() + next() - 1.5);
  const visits = Math.floor(20 * next() ** 2);
  const plan = income > 3200 ? (next() < 0.8 ? 'plus' : 'base') : next() < 0.85 ? 'base' : 'free';
  const score = answerOf({ age, income, country, temperature, visits, plan });
  const label = next() < score ? 'yes' : 'no';
  return {
    features: { age, income, country, temperature, visits, plan },
    answer: score,
    label,
    latencyMs: 10 + 8 * next(),
    error: null,
  };
}

function answerOf(features: AnsweredRow['features']): number {
  const { age, income, visits, plan } = features;
  const known = (cell: unknown, otherwise: number) => (typeof cell === 'number' ? cell : otherwise);
  const z =
    known(age, 45) / 15 - 3 + known(income, 2500) / 2500 + known(visits, 5) / 8 - (plan === 'free' ? 1.5 : 0);
  return 1 / (1 + Math.exp(-2 * (z - 1.2)));
}

/**
 * What is known when the fault of this kind has been planted at one of its strengths: the case, and what is diagnosed.
 * `leaked`: share of the rows before that it hits already, as when a gradual fault is taken to begin in its middle.
 */
export function planted(
  kind: string,
  {
    strength = -1,
    share = 1,
    seed = 7,
    leaked = 0,
    ...more
  }: { strength?: number; share?: number; seed?: number; leaked?: number } & Partial<RowCase> = {},
): {
  readonly about: Case;
  readonly causes: Cause[];
  readonly columns: readonly string[];
} {
  const next = random(seed);
  const rows = (n: number) => Array.from({ length: n }, () => rowOf(next));
  const before = rows(ROWS.before);
  const numeric = ['age', 'income', 'temperature', 'visits'];
  const categorical = ['country', 'plan'];
  const fault = FAULTS.find((each) => each.kind === kind)!;
  const grounds = {
    ...{ numeric, categorical, task: 'binary' as const, ranked: [...numeric, ...categorical] },
    rows: before.map((row) => ({ ...row, label: row.label as string })),
  };
  const found = fault.plant(grounds, fault.strengths.at(strength)!.value, next)!;
  const after = rows(4 * ROWS.after)
    .filter((row) => next() >= share || next() < (found.keep?.({ ...row, label: row.label as string }) ?? 1))
    .slice(0, ROWS.after)
    .map((row): AnsweredRow => {
      if (next() >= share) return row;
      const hit = found.change?.({ ...row, label: row.label as string }, () => undefined) ?? row;
      const answer = answerOf(hit.features);
      return {
        ...row,
        ...hit,
        answer: found.answer?.(answer, { ...row, label: row.label as string }) ?? answer,
      };
    });
  const version = { version: 'v2', first: CHANGED_AT, before: 0, after: 1 };
  const about = caseOfRows({
    before: before.map((row) =>
      leaked > 0 && next() < leaked
        ? { ...row, ...found.change?.({ ...row, label: row.label as string }, () => undefined) }
        : row,
    ),
    after,
    ...(leaked > 0 ? { reference: before } : {}),
    numeric,
    categorical,
    ...(found.version ? { versions: [version] } : {}),
    ...more,
  });
  return { about, causes: diagnose(about.facts, about.evidence), columns: found.columns };
}
