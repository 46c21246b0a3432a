import { TiltmeterError } from '../../../contract/errors.ts';
import { epochMs, type TimeInput } from '../../../contract/time.ts';
import { isCodes } from '../../models/columns/meaning.ts';
import { PREDICTION } from '../../models/columns/schema.ts';
import { moment } from '../../store/lake/moment.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import {
  type Condition,
  conditionSql,
  FIXED_COLUMNS,
  type Fragment,
  parseCondition,
  type SearchColumn,
  TAG,
  tagSql,
} from './condition.ts';
import type { RecordColumn } from './record.ts';

export interface PredictionFilter {
  readonly from?: TimeInput | undefined;
  readonly to?: TimeInput | undefined;
  /** `column:operator:value`, all of which must hold. */
  readonly where: readonly string[];
}

/** What is known of a model whose predictions are searched. */
export interface SearchedModel {
  readonly model: Pick<ModelRow, 'id' | 'task' | 'table_name'>;
  readonly columns: readonly RecordColumn[];
}

/** What a search may ask about the label of a prediction. A later room puts labels beside predictions and knows them. */
export interface LabelSearch {
  /** `_label`, `_correct`, `_absolute_error`. */
  readonly columns: readonly string[];
  /**
   * Hashes (`cityHash64`) of the ids that fit, of all that have a label without a condition, as a SELECT with the parameter
   * `model`. `within` is a condition on the prediction's `time`. Errors: invalid_request.
   */
  readonly ids: (
    searched: {
      readonly task: ModelRow['task'];
      readonly prediction: 'numeric' | 'categorical' | undefined;
    },
    condition: Condition | undefined,
    within: string,
    key: string,
  ) => Fragment;
}

/** The type of a column that a search may name; undefined for one that is not there. */
export function columnType(columns: readonly RecordColumn[], name: string): SearchColumn | undefined {
  const column = columns.find((each) => each.name === name);
  if (column !== undefined) return isCodes({ meaning: null, ...column }) ? 'codes' : column.type;
  return Object.hasOwn(FIXED_COLUMNS, name) ? FIXED_COLUMNS[name] : undefined;
}

/** The filter as conditions of a statement over the model's table. Parameter `model` is bound where it is needed. Errors: invalid_request. */
export function filterSql(
  searched: SearchedModel,
  { from, to, where }: PredictionFilter,
  labels: LabelSearch,
): Fragment[] {
  const range = [...bound('>=', 'from', from), ...bound('<', 'to', to)];
  return [
    ...range.map(({ sql, params }) => ({ sql: `_time ${sql}`, params })),
    ...where.map((text, i) => {
      const condition = parseCondition(text, (name) => columnType(searched.columns, name) !== undefined);
      const key = `w${i}`;
      if (condition.column.startsWith(TAG)) return tagSql(condition, key);
      if (labels.columns.includes(condition.column)) {
        const within = range.map(({ sql }) => `time ${sql}`).join(' AND ') || 'true';
        return labelSql(searched, condition, labels, within, key);
      }
      const type = columnType(searched.columns, condition.column);
      if (type === undefined)
        throw new TiltmeterError('invalid_request', `where: there is no column ${condition.column}`);
      return conditionSql(condition, type, key);
    }),
  ];
}

/** Ids are compared by their hash, which costs a third of the memory; two of ten million that share one are less likely than a fault of the disk. */
function labelSql(
  { model, columns }: SearchedModel,
  condition: Condition,
  labels: LabelSearch,
  within: string,
  key: string,
): Fragment {
  const type = columns.find(({ name }) => name === PREDICTION)?.type;
  const prediction = type === undefined ? undefined : type === 'numeric' ? 'numeric' : 'categorical';
  const missing = condition.operator === 'missing';
  const searched = { task: model.task, prediction } as const;
  const { sql, params } = labels.ids(searched, missing ? undefined : condition, within, key);
  return {
    sql: `cityHash64(_id) GLOBAL ${missing ? 'NOT IN' : 'IN'} (${sql})`,
    params: { ...params, model: model.id },
  };
}

function bound(operator: string, key: string, time: TimeInput | undefined): Fragment[] {
  if (time === undefined) return [];
  return [
    {
      sql: `${operator} ${moment(key)}`,
      params: { [key]: Math.trunc(epochMs(time)) },
    },
  ];
}

/** Fragments as one WHERE, with their parameters. */
export function whereOf(fragments: readonly Fragment[]): Fragment {
  return {
    sql: fragments.length === 0 ? '' : `WHERE ${fragments.map(({ sql }) => sql).join(' AND ')}`,
    params: Object.assign({}, ...fragments.map(({ params }) => params)) as Fragment['params'],
  };
}
