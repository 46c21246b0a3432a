import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KnownColumn } from './column-count.ts';
import type { KnownModel } from './piece.ts';
import { writeWhole } from './write-whole.ts';

/** Something that did not arrive: how much of it, and when and why last. */
export interface Loss {
  pieces: number;
  predictions: number;
  last: string;
  why: string;
}

/** What an agent knows beyond its pieces, over a restart. */
export interface AgentState {
  /** Its name and something that no other folder has: no two agents count under one. */
  readonly agent: string;
  /** Of the next piece. */
  sequence: number;
  readonly models: Map<string, KnownModel>;
  /** Pieces that gave way to younger ones, profiles that the server refused. */
  dropped: Loss | null;
  refused: Loss | null;
}

type Stored = Omit<AgentState, 'models'> & {
  readonly models: Record<
    string,
    Omit<KnownModel, 'columns'> & { readonly columns: Record<string, KnownColumn> }
  >;
};

const FILE = 'state.json';

/** The state of a folder, or a new one. Errors: one that cannot be read. */
export function readState(folder: string, name: string): AgentState {
  let text: string;
  try {
    text = readFileSync(join(folder, FILE), 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    const agent = `${name}-${randomBytes(4).toString('hex')}`;
    return { agent, sequence: 0, models: new Map(), dropped: null, refused: null };
  }
  const { models, ...stored } = JSON.parse(text) as Stored;
  return {
    ...stored,
    models: new Map(
      Object.entries(models).map(([model, known]) => [
        model,
        { ...known, columns: new Map(Object.entries(known.columns)) },
      ]),
    ),
  };
}

export async function writeState(folder: string, { models, ...state }: AgentState): Promise<void> {
  const stored: Stored = {
    ...state,
    models: Object.fromEntries(
      [...models].map(([model, known]) => [model, { ...known, columns: Object.fromEntries(known.columns) }]),
    ),
  };
  await writeWhole(join(folder, FILE), JSON.stringify(stored));
}
