import { segmentKey } from '../../../contract/segment-key.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';

/** Values of a split with profiles of their own; the rest shares one. */
export const OWN_SEGMENTS = 20;
/** What predictions were sent as (champion, canary, shadow), where a model has no feature of this name. */
export const VARIANT = 'variant';
/** Versions told apart within a segment; the rest shares one. */
export const SEGMENT_VERSIONS = 5;

/** A column, a tag or the variant, which splits predictions, as it was found when it first did. */
export interface SplitColumn {
  readonly name: string;
  readonly of: 'text' | 'codes' | 'number' | 'tag' | 'variant';
  /** Of numbers: where its bands end, ascending; null before there were enough values. */
  readonly cuts: readonly number[] | null;
}

/** How predictions are split by some columns, and which values have profiles of their own. */
export interface Split {
  readonly columns: readonly SplitColumn[];
  /** One text per column of each. */
  readonly values: readonly (readonly string[])[];
}

type Named = string | string[];

/** What splits the predictions of a model: its segments, its protected attributes, and these together. */
export function splitNames({
  segments,
  protected: guarded,
}: Pick<ModelRow, 'segments' | 'protected'>): string[][] {
  const attributes = JSON.parse(guarded ?? '[]') as string[];
  const all: Named[] = [...(JSON.parse(segments ?? '[]') as Named[]), ...attributes];
  if (attributes.length > 1) all.push(attributes.slice(0, 3));
  const named = all.map((names) => [...new Set([names].flat())]);
  return [...new Map(named.map((names) => [JSON.stringify(names), names])).values()];
}

/** The same as one text, to see whether it changed. */
export const splitText = (model: Pick<ModelRow, 'segments' | 'protected'>): string =>
  JSON.stringify(splitNames(model));

/** Whether anything can be counted by it. */
export const isSettled = ({ columns }: Split): boolean =>
  columns.every(({ of, cuts }) => of !== 'number' || cuts !== null);

/** A split among the others of its model. `splitId({ columns: [{ name: 'country' }] })` → 'country' */
export const splitId = ({ columns }: Split): string =>
  segmentKey(
    columns.map(({ name }) => name),
    null,
  );

export const otherKey = splitId;

/** The keys of the segments with profiles of their own. */
export function ownKeys({ columns, values }: Split): string[] {
  const names = columns.map(({ name }) => name);
  return values.map((each) => segmentKey(names, each));
}

/** Every key that profiles of these splits may have. */
export const allKeys = (splits: readonly Split[]): string[] =>
  splits.flatMap((split) => [...ownKeys(split), otherKey(split)]);

/** Parts of a combined value stand beside one another, divided by what no text has. */
export const BESIDE = '\u001f';

/** The band of a number. `bandOf([25, 40], 30)` → '25 – 40' */
export function bandOf(cuts: readonly number[], value: number): string {
  const at = cuts.findIndex((cut) => value < cut);
  return bandNames(cuts)[at < 0 ? cuts.length : at]!;
}

/** Names of the bands, lowest first: from a cut on, up to the next. `bandNames([25, 40])` → ['< 25', '25 – 40', '≥ 40'] */
export function bandNames(cuts: readonly number[]): string[] {
  const shown = cuts.map((cut) => String(Number(cut.toPrecision(6))));
  if (shown.length === 0) return ['any'];
  return [`< ${shown[0]}`, ...shown.slice(1).map((cut, i) => `${shown[i]} – ${cut}`), `≥ ${shown.at(-1)}`];
}

/** The split with some more values while there is room: the most frequent first. Pure. */
export function withValues(split: Split, seen: readonly string[]): Split {
  const known = new Set(split.values.map((value) => value.join(BESIDE)));
  const fresh = seen.filter((value) => !known.has(value)).slice(0, OWN_SEGMENTS - known.size);
  if (fresh.length === 0) return split;
  return { ...split, values: [...split.values, ...fresh.map((value) => value.split(BESIDE))] };
}
