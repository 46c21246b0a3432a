import { expect } from 'vitest';
import samples from './fixtures/samples.json' with { type: 'json' };
import type { PeerColumnType, PeerOutcome, PeerSample } from './peer.ts';

/** A case of the fixtures, as our functions take it. */
export interface PeerCase {
  readonly name: string;
  readonly type: PeerColumnType;
  readonly reference: PeerSample;
  readonly current: PeerSample;
}

export const CASES: ReadonlyMap<string, PeerCase> = new Map(
  samples.map(({ name, type, reference, current }) => [
    name,
    {
      name,
      type: type as PeerColumnType,
      reference: sampleFrom(type, reference),
      current: sampleFrom(type, current),
    },
  ]),
);

function sampleFrom(type: string, values: readonly (number | string | null)[]): PeerSample {
  if (type === 'categorical') return values as (string | null)[];
  return Float64Array.from(values, (value) =>
    value === null ? Number.NaN : value === 'inf' ? Infinity : Number(value),
  );
}

/** Below this, a distance that is the root of a sum of rounding errors is 0. */
export const ROUNDING = 5e-8;

/**
 * Both are the same number within `tolerance` × max(1, |expected|), or both at most `zero`; a text is a named absence: an
 * error or NaN of the tool.
 */
export function expectOutcome(ours: PeerOutcome, theirs: number | string, tolerance = 1e-9, zero = 0): void {
  if (typeof theirs === 'string') expect(ours).toHaveProperty('reason');
  else {
    if (!('value' in ours)) throw new Error(`no value (${ours.reason}), expected ${theirs}`);
    if (Math.abs(ours.value) <= zero && Math.abs(theirs) <= zero) return;
    const gap = Math.abs(ours.value - theirs);
    if (!(gap <= tolerance * Math.max(1, Math.abs(theirs)))) {
      throw new Error(`${ours.value} instead of ${theirs}: ${gap.toExponential(1)} apart`);
    }
  }
}
