import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Rows of a model: what it said, and what was true. */
export interface Scored {
  readonly score: readonly number[];
  readonly label: readonly number[];
}

/** What is to be estimated: chunks of so many current rows, with a labelled reference. */
export interface EstimationPair {
  readonly reference: Scored;
  readonly current: Pick<Scored, 'score'>;
  readonly chunk: number;
}

export const PEER_METRICS = ['roc_auc', 'accuracy', 'f1'] as const;
export type PeerMetric = (typeof PEER_METRICS)[number];

const SCRIPT = join(import.meta.dirname, '../peers/nannyml_cbpe.py');

/**
 * NannyML's estimates of every chunk, pair by pair; null when it is not installed there (bench/peers/README.md).
 * @throws when its script fails.
 */
export function estimatesOfNannyml(
  environments: string,
  pairs: readonly EstimationPair[],
): Record<PeerMetric, (number | null)[]>[] | null {
  const python = join(environments, 'peers-nannyml/bin/python');
  if (!existsSync(python)) return null;
  const { status, stdout, stderr } = spawnSync(python, [SCRIPT], { input: JSON.stringify(pairs), maxBuffer: 1 << 30, encoding: 'utf8' }); // biome-ignore format: one call
  if (status !== 0) throw new Error(`${SCRIPT} ended with ${status}: ${stderr.slice(-500)}`);
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}
