import { random, shuffle } from '../../stats/random.ts';
import type { Fault } from './faults/fault.ts';

export type Shape = 'abrupt' | 'gradual';

/** One fault planted in one replay. */
export interface Scenario {
  /** Id of its model. */
  readonly id: string;
  readonly table: string;
  /** Null: a replay in which nothing breaks. */
  readonly fault: Fault | null;
  readonly strength: { readonly name: string; readonly value: number };
  readonly shape: Shape;
  /** Whether a version goes live when the fault begins that has nothing to do with it. */
  readonly innocent: boolean;
  readonly seed: number;
}

export interface MatrixWish {
  readonly tables: readonly string[];
  readonly faults: readonly Fault[];
  readonly shapes: readonly Shape[];
  readonly innocent: readonly boolean[];
  /** Replays of each table in which nothing breaks. */
  readonly clean: number;
  readonly seed: number;
}

/** Every combination; a version that is to blame itself has no innocent one beside it. */
export function matrix({ tables, faults, shapes, innocent, clean, seed }: MatrixWish): Scenario[] {
  const planted = tables.flatMap((table) =>
    faults.flatMap((fault) =>
      fault.strengths.flatMap((strength) =>
        shapes.flatMap((shape) =>
          innocent
            .filter((beside) => !beside || fault.kind !== 'new_version')
            .map((beside) => ({ table, fault, strength, shape, innocent: beside })),
        ),
      ),
    ),
  );
  const calm = tables.flatMap((table) =>
    Array.from({ length: clean }, () => ({
      ...{ table, fault: null, strength: { name: '', value: 0 } },
      ...{ shape: 'abrupt' as const, innocent: true },
    })),
  );
  return [...planted, ...calm].map((each, i) => ({
    ...each,
    id: `${each.table}-${i + 1}-${each.fault?.kind ?? 'clean'}`,
    seed: seed + i,
  }));
}

/** The same scenarios in an order by chance in which every fault of every table comes once before any comes again, so that what was run of them is a fair sample. Pure. */
export function interleaved(scenarios: readonly Scenario[], seed: number): Scenario[] {
  const order = [...shuffle(Uint32Array.from(scenarios.keys()), random(seed))];
  const turns = new Map<string, number>();
  return order
    .map((i) => {
      const scenario = scenarios[i]!;
      const stratum = `${scenario.table} ${scenario.fault?.kind}`;
      const turn = turns.get(stratum) ?? 0;
      turns.set(stratum, turn + 1);
      return { scenario, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ scenario }) => scenario);
}
