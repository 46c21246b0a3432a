import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Pair } from './tables.ts';
import { runScript, type Taken } from './whole-process.ts';

/** A tool that does the same or less, how many times faster Tiltmeter is to be, and its script in bench/peers. */
export interface Peer {
  readonly title: string;
  readonly environment: string;
  readonly script: string;
  readonly target: number;
  /** The same of delimited text, which all have to read. */
  readonly textTarget: number;
}

export const PEERS: readonly Peer[] = [
  { title: "Evidently, data drift preset", environment: 'peers-evidently', script: 'evidently_drift.py', target: 15, textTarget: 15 }, // biome-ignore format: a table
  { title: 'NannyML, univariate calculator', environment: 'peers-nannyml', script: 'nannyml_univariate.py', target: 10, textTarget: 6 }, // biome-ignore format: a table
  { title: 'whylogs, both files profiled', environment: 'peers-whylogs', script: 'whylogs_profile.py', target: 5, textTarget: 6 }, // biome-ignore format: a table
];

const SCRIPTS = join(import.meta.dirname, '../peers');
/** Seconds after which a peer is ended. */
export const LIMIT = 600;

/** Runs a peer's script in its environment (bench/peers/README.md); null when it is not installed there. */
export async function runPeer(
  environments: string,
  peer: Peer,
  { reference, current }: Pair,
): Promise<Taken | null> {
  const python = join(environments, peer.environment, 'bin/python');
  if (!existsSync(python)) return null;
  return runScript(python, [join(SCRIPTS, peer.script), reference, current], LIMIT);
}
