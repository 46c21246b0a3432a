import { TiltmeterError } from '../../../contract/errors.ts';
import type { SubjectQuery } from '../../../contract/subject.ts';
import type { Pseudonym } from '../../models/privacy/pseudonyms.ts';
import { columnName } from '../../store/lake/column-name.ts';
import type { LakeParam } from '../../store/lake/lake.ts';
import { type Fragment, parseCondition, TAG } from '../predictions/condition.ts';
import type { RecordColumn } from '../predictions/record.ts';

/** Whom it is about, as conditions on what is stored. */
export interface Subject {
  /** Ids that were asked for, as they are stored. */
  readonly ids: readonly string[];
  /** What it is asked by beside ids, each column with the values that it may have; nothing where ids are asked for as well. */
  readonly where: readonly { readonly column: string; readonly values: readonly string[] }[];
  /** Columns that it is asked by. */
  readonly columns: readonly string[];
  /** Of a model's table of predictions; never null. */
  readonly predictions: Fragment;
  /** Of refused events: of their text as JSON, or as text where it is none. */
  readonly rejects: Fragment;
}

/** Fixed columns that tell a person. */
const FIXED: readonly string[] = ['_id', '_trace_id', '_request_id'];

interface Part {
  readonly stored: string;
  readonly raw: string;
  readonly params: Record<string, LakeParam>;
  /** Parameter with the texts by which it is found in what is no JSON. */
  readonly texts: string;
}

/**
 * The conditions of a subject. Values are looked for as they were sent and as they are stored where they are hashed, whatever rules hold by now: a rule that was taken
 * away has left hashes. What did not fit its
 * column counts as its value. Errors: invalid_request.
 */
export function subjectOf(
  { id, where }: SubjectQuery,
  columns: readonly RecordColumn[],
  pseudonym: Pseudonym | undefined,
): Subject {
  if (id.length + where.length === 0)
    throw new TiltmeterError('invalid_request', 'say whom it is about: id=… or where=column:eq:value');
  const asStored = (value: string) =>
    pseudonym === undefined ? [value] : [...new Set([value, pseudonym(value)])];
  const ids = [...new Set(id.flatMap(asStored))];
  const conditions = where.map((text) =>
    parseCondition(text, (name) => columns.some((each) => each.name === name)),
  );
  const parts = conditions.map(({ column, operator, value }, i) => {
    const name = column.startsWith(TAG) ? column.slice(TAG.length) : column;
    if (operator !== 'eq' || value === '')
      throw new TiltmeterError(
        'invalid_request',
        `where=${column}: only eq, with a value, says whom it is about`,
      );
    const type = columns.find((each) => each.name === column)?.type;
    if (!column.startsWith(TAG) && !FIXED.includes(column) && (type === undefined || column.startsWith('_')))
      throw new TiltmeterError('invalid_request', `where: there is no feature ${column}`);
    return partOf(column, name, type, asStored(value), `w${i}`);
  });
  const byId = ids.length === 0 ? [] : [idPart(ids)];
  const all = [...byId, ...parts];
  const params = Object.assign({}, ...all.map((part) => part.params)) as Part['params'];
  const json = all.map(({ raw }) => raw).join(' AND ');
  const text = all.map(({ texts }) => `multiSearchAny(raw, {${texts}:Array(String)})`).join(' AND ');
  return {
    ids: where.length === 0 ? ids : [],
    where:
      id.length > 0
        ? []
        : conditions.map(({ column, value }) => ({
            column,
            values: asStored(value),
          })),
    columns: [...(id.length === 0 ? [] : ['_id']), ...conditions.map(({ column }) => column)],
    predictions: { sql: `ifNull(${all.map(({ stored }) => stored).join(' AND ')}, 0)`, params },
    rejects: {
      sql: `(model = {model:String} AND isValidJSON(raw) AND ${json} OR model IN ({model:String}, '') AND NOT isValidJSON(raw) AND ${text})`,
      params,
    },
  };
}

function idPart(ids: readonly string[]): Part {
  return {
    stored: '_id IN ({ids:Array(String)})',
    raw: "JSONExtractString(raw, 'id') IN ({ids:Array(String)})",
    params: { ids },
    texts: 'ids',
  };
}

function partOf(
  column: string,
  name: string,
  type: RecordColumn['type'] | undefined,
  values: readonly string[],
  key: string,
): Part {
  const among = `IN ({${key}:Array(String)})`;
  const params = { [key]: values, [`${key}n`]: name };
  if (FIXED.includes(column))
    return {
      ...{ stored: `${column} ${among}`, params: { [key]: values }, texts: key },
      raw: `JSONExtractString(raw, '${column.slice(1)}') ${among}`,
    };
  if (column.startsWith(TAG))
    return {
      ...{ stored: `_tags[{${key}n:String}] ${among}`, params, texts: key },
      raw: `JSONExtractString(raw, 'tags', {${key}n:String}) ${among}`,
    };
  const misfit = `_misfit[{${key}n:String}] ${among}`;
  const text = `JSONExtractString(raw, 'features', {${key}n:String}) ${among}`;
  const number = values.map(Number).find(Number.isFinite);
  const sent =
    number === undefined
      ? text
      : `(${text} OR JSONExtract(raw, 'features', {${key}n:String}, 'Nullable(Float64)') = {${key}f:Float64})`;
  const fits =
    type !== 'numeric'
      ? `${columnName(column)} ${among}`
      : number === undefined
        ? 'false'
        : `${columnName(column)} = {${key}f:Float64}`;
  return {
    stored: `(${fits} OR ${misfit})`,
    raw: sent,
    params: number === undefined ? params : { ...params, [`${key}f`]: number },
    texts: key,
  };
}
