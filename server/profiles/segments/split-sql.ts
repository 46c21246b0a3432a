import { codeText } from '../../store/lake/code-text.ts';
import { columnName } from '../../store/lake/column-name.ts';
import type { LakeParam } from '../../store/lake/lake.ts';
import { CATEGORY_LENGTH } from '../profile.ts';
import { BESIDE, bandNames, otherKey, ownKeys, type Split, type SplitColumn, splitId } from './split.ts';

type Params = Record<string, LakeParam>;

/** What predictions are split by: the text of each column, '' where there is none, beside one another. Parameters: those of `tagParams`. */
export function splitValue({ columns }: Split, k: number): string {
  const texts = columns.map((column, i) => columnText(column, `tag_${k}_${i}`));
  return texts.length === 1 ? texts[0]! : `concat(${texts.join(`, '${BESIDE}', `)})`;
}

function columnText({ name, of, cuts }: SplitColumn, tag: string): string {
  if (of === 'tag') return `substringUTF8(_tags[{${tag}:String}], 1, ${CATEGORY_LENGTH})`;
  if (of === 'variant') return `substringUTF8(toString(_variant), 1, ${CATEGORY_LENGTH})`;
  const column = columnName(name);
  if (of === 'text') return `ifNull(substringUTF8(${column}, 1, ${CATEGORY_LENGTH}), '')`;
  if (of === 'codes') return `ifNull(${codeText(column)}, '')`;
  const bands = bandNames(cuts ?? []);
  const below = (cuts ?? []).map((cut, i) => `${column} < ${cut}, '${bands[i]}'`);
  return `multiIf(${[`isNull(${column})`, `''`, ...below, `'${bands.at(-1)}'`].join(', ')})`;
}

/** Names of the tags that `splitValue` reads. */
export function tagParams(splits: readonly Split[]): Params {
  const tags = splits.flatMap(({ columns }, k) =>
    columns.flatMap(({ name, of }, i): [string, string][] => (of === 'tag' ? [[`tag_${k}_${i}`, name]] : [])),
  );
  return Object.fromEntries(tags);
}

/** The keys of the segments that a prediction belongs to, one per split. Parameters: segmentParams, tagParams. */
export function segmentsOf(splits: readonly Split[]): string {
  return list(splits.map((split, k) => keyed(split, splitValue(split, k), k)));
}

/** The same of a labelled prediction, as it was split when it was put beside its label; '' where it was not. Parameters: segmentParams. */
export function labelledSegments(splits: readonly Split[]): string {
  return list(
    splits.map((split, k) => {
      const value = `split[{split_${k}:String}]`;
      return `if(mapContains(split, {split_${k}:String}), ${keyed(split, value, k)}, '')`;
    }),
  );
}

const list = (expressions: readonly string[]) => `CAST([${expressions.join(', ')}], 'Array(String)')`;

function keyed(split: Split, value: string, k: number): string {
  const other = `{segment_other_${k}:String}`;
  if (split.values.length === 0) return other;
  return `transform(${value}, {segment_values_${k}:Array(String)}, {segment_keys_${k}:Array(String)}, ${other})`;
}

/** What a labelled prediction is split by, by split. Parameters: splitParams, tagParams. */
export function splitMap(splits: readonly Split[]): string {
  if (splits.length === 0) return "CAST(map(), 'Map(String, String)')";
  const pairs = splits.map((split, k) => `{split_${k}:String}, ${splitValue(split, k)}`);
  return `CAST(map(${pairs.join(', ')}), 'Map(String, String)')`;
}

export function splitParams(splits: readonly Split[]): Params {
  return Object.fromEntries(splits.map((split, k) => [`split_${k}`, splitId(split)]));
}

export function segmentParams(splits: readonly Split[]): Params {
  const params: Params = splitParams(splits);
  splits.forEach((split, k) => {
    params[`segment_other_${k}`] = otherKey(split);
    if (split.values.length === 0) return;
    params[`segment_values_${k}`] = split.values.map((value) => value.join(BESIDE));
    params[`segment_keys_${k}`] = ownKeys(split);
  });
  return params;
}
