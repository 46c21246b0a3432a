import type { Features } from '../../mapping/endpoint/protocol.ts';
import { coalitionsOf, kernelShap } from '../../stats/explanation/kernel-shap.ts';
import type { Random } from '../../stats/random.ts';
import type { Endpoint } from '../replay/ask.ts';
import { askAll, type Unexplained } from './ask-all.ts';

/** What one answer of an endpoint is made of. */
export interface Explained {
  readonly answer: number;
  /** The mean answer to the background, from which on contributions add up to the answer. */
  readonly base: number;
  /** By size, the largest first. */
  readonly contributions: readonly {
    readonly feature: string;
    readonly value: Features[string];
    readonly contribution: number;
  }[];
  /** Whether every coalition was asked for; else they come from a sample. */
  readonly exact: boolean;
  readonly asked: number;
}

export interface ExplainOptions {
  /** Coalitions at most. */
  readonly most: number;
  readonly concurrency: number;
  readonly random: Random;
  readonly stop?: AbortSignal | undefined;
}

/**
 * KernelSHAP of one row: the endpoint is asked for the row with every part of its features taken from rows of the background. What is
 * not among the features of a background row is null there.
 */
export async function explainRow(
  endpoint: Endpoint,
  row: Features,
  background: readonly Features[],
  { most, concurrency, random, stop }: ExplainOptions,
): Promise<Explained | Unexplained> {
  const names = Object.keys(row);
  const others = background.map((other) =>
    Object.fromEntries(names.map((name) => [name, other[name] ?? null])),
  );
  const coalitions = coalitionsOf(names.length, { most, random });
  const mixed = coalitions.flatMap(({ present }) =>
    others.map((other) =>
      Object.fromEntries(names.map((name, i) => [name, present[i] ? row[name]! : other[name]!])),
    ),
  );
  const rows: Features[] = [row, ...others, ...mixed];
  const answers = await askAll(endpoint, rows, { concurrency, stop });
  if ('reason' in answers) return answers;
  const n = others.length;
  const meanFrom = (from: number) => answers.slice(from, from + n).reduce((sum, value) => sum + value / n, 0);
  const [answer = 0] = answers;
  const base = meanFrom(1);
  const values = coalitions.map((_, i) => meanFrom(1 + n + i * n));
  const shares = kernelShap(coalitions, values, { base, answer });
  return {
    answer,
    base,
    contributions: names
      .map((feature, i) => ({ feature, value: row[feature]!, contribution: shares[i]! }))
      .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
    exact: coalitions.length === 2 ** names.length - 2,
    asked: rows.length,
  };
}
