import type { Ctx } from '../context.ts';
import type { Fragment } from '../events/predictions/condition.ts';
import {
  type Erasing,
  eachOwnText,
  idsOf,
  piecesOf,
  TRACE,
  tagsOf,
  textsThere,
} from '../events/subject/erase-subject.ts';
import type { OwnValues } from '../models/erasures.ts';
import { modelColumns } from '../models/find-model.ts';
import { textValue } from '../profiles/roll-up/queries/values.ts';
import type { ByColumn, Reach } from '../store/of-subject.ts';
import { withOwn } from './forget-again.ts';
import { OF_MODEL } from './of-model.ts';

type Stores = Pick<Ctx, 'lake' | 'ledger' | 'vault' | 'turn'>;

/** Where ids of traces and of requests are remembered, beside values of columns. */
const TRACES = '_trace';
const REQUESTS = '_request';
const TAG = '_tags.';

const REQUEST: Fragment = { sql: '_request_id', params: {} };

/** A column or tag of which something beside predictions has values, and its text in a prediction. */
interface Beside {
  readonly column: string;
  readonly text: Fragment;
}

export interface ReachOptions {
  /** What led to rows at a former look, when the predictions are gone. */
  readonly remembered?: OwnValues;
  /** For somebody who may read some models only. */
  readonly bound?: boolean;
}

/**
 * What leads to all that is kept beside the predictions of a subject, of so many of them at a time: what is counted, exported and erased are the rows
 * that these lead to. There is always a first, with what was asked by.
 */
export async function* reachesOf(
  ctx: Stores,
  erasing: Erasing,
  predictions: number,
  { remembered = new Map(), bound = false }: ReachOptions = {},
): AsyncGenerator<Reach> {
  const { model, before, subject } = erasing;
  const names = await namesBeside(ctx, erasing);
  const features = (await modelColumns(ctx, model))
    .filter(({ name, type }) => type === 'categorical' && names.has(name))
    .map(
      ({ name }): Beside => ({ column: name, text: { sql: textValue({ name, codes: false }), params: {} } }),
    );
  for (const piece of piecesOf(predictions)) {
    await ctx.turn();
    const first = piece.part === 0;
    const found = predictions === 0 ? [] : await idsOf(ctx, erasing, piece);
    const own = async (text: Fragment, known: readonly string[] = []) => {
      const all = new Set(first ? known : []);
      const add = async (values: readonly string[]) => {
        for (const value of values) all.add(value);
      };
      if (predictions > 0) await eachOwnText(ctx, erasing, text, add, piece);
      return [...all];
    };
    const tags = predictions === 0 ? knownTags(remembered) : await tagsOf(ctx, erasing, piece);
    const beside = [...features, ...tags.filter((tag) => names.has(tag)).map(besideTag)];
    const values: { column: string; values: string[] }[] = [];
    for (const { column, text } of beside) {
      const known = first ? await alone(ctx, erasing.table, text, remembered.get(column) ?? []) : [];
      values.push({ column, values: await own(text, known) });
    }
    yield {
      ...{ model, before, bound, first },
      ids: [...new Set([...(first ? subject.ids : []), ...found])],
      requests: await own(REQUEST, remembered.get(REQUESTS)),
      traces: await own(TRACE, remembered.get(TRACES)),
      own: values.filter((each) => each.values.length > 0),
      where: subject.where,
      refused: subject.rejects,
    };
  }
}

/** What is remembered with what led to rows in a piece. */
export function withReach(own: OwnValues, { requests, traces, own: values }: Reach): OwnValues {
  const all: ByColumn = [
    { column: REQUESTS, values: requests },
    { column: TRACES, values: traces },
    ...values,
  ];
  return all.reduce((sum, { column, values }) => withOwn(sum, column, values), own);
}

/** What is remembered of columns that profiles know by name. */
export const ofProfiles = (own: OwnValues): OwnValues =>
  new Map([...own].filter(([column]) => column !== TRACES && column !== REQUESTS && !column.startsWith(TAG)));

/** Columns and tags of which something that is kept beside predictions has values. */
async function namesBeside(ctx: Stores, { model, before }: Erasing): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const { subject } of OF_MODEL)
    for (const name of (await subject?.names?.(ctx, { model, before })) ?? []) names.add(name);
  return names;
}

const knownTags = (remembered: OwnValues): string[] =>
  [...remembered.keys()].filter((column) => column.startsWith(TAG)).map((column) => column.slice(TAG.length));

const besideTag = (tag: string): Beside => ({
  column: `${TAG}${tag}`,
  text: { sql: '_tags[{tag:String}]', params: { tag } },
});

/** Those that no prediction has by now. */
async function alone(
  ctx: Stores,
  table: string,
  text: Fragment,
  values: readonly string[],
): Promise<string[]> {
  if (values.length === 0) return [];
  const there = new Set(await textsThere(ctx, table, text, values));
  return values.filter((value) => !there.has(value));
}
