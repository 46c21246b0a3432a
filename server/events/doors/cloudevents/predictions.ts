import { TiltmeterError } from '../../../../contract/errors.ts';
import type { PayloadNames } from '../../../../contract/payload.ts';
import { instanceTable, type PayloadColumn, type Scalar, type Table, tensorTable } from './columns.ts';
import { type Half, invalid, isObject } from './half.ts';

export interface Pair {
  readonly request: Half;
  readonly response: Half;
}

/** Predictions as `/api/v1/predictions` takes them, not validated, each made when its turn comes: a payload of many is never there as all of them at once. */
export interface Predictions {
  readonly rows: number;
  readonly each: Iterable<object>;
}

/** So many predictions as a request may bring. Errors: event_too_large. */
export function requireRoom(rows: number, most: number): number {
  if (rows <= most) return rows;
  throw new TiltmeterError('event_too_large', `a request may bring ${most} predictions; send less at a time`);
}

/**
 * The predictions that a request and its response are, one for each row. Of one row the id is that of the event; of several `<id>-<row>`, from 0 on.
 * Errors: invalid_payload where the rows of both do not fit each other.
 */
export function predictionsOf({ request, response }: Pair, model: string, names: PayloadNames): Predictions {
  const asked = named(inputs(request.data), names.features);
  const answers = answersOf(response.data, names);
  const { rows } = asked;
  if (rows !== answers.rows) throw invalid(`the request has ${rows} rows, and its response ${answers.rows}`);
  const { model_version: version } = response.data;
  const latency = Date.parse(response.time ?? '') - Date.parse(request.time ?? '');
  const shared = {
    model,
    request_id: request.id,
    ...(typeof version === 'string' && version !== '' ? { version } : {}),
    ...(request.time === undefined ? {} : { time: request.time }),
    ...((request.trace ?? response.trace) === undefined ? {} : { trace_id: request.trace ?? response.trace }),
    // Loggers that stamp both alike know nothing of it.
    ...(latency > 0 ? { latency_ms: latency } : {}),
  };
  const prediction = (row: number) => ({
    ...shared,
    id: rows === 1 ? request.id : `${request.id}-${row}`,
    features: Object.fromEntries(asked.columns.map(({ name, values }) => [name, values[row] ?? null])),
    ...answers.at(row),
  });
  return {
    rows,
    each: {
      *[Symbol.iterator]() {
        for (let row = 0; row < rows; row++) yield prediction(row);
      },
    },
  };
}

/** V2 has `inputs` of tensors; V1 `instances` row by row, or `inputs` column by column. Errors: invalid_payload. */
function inputs({ inputs, instances }: Half['data']): Table {
  if (instances !== undefined) return instanceTable(instances, 'instance');
  if (Array.isArray(inputs) && inputs.every((each) => isObject(each) && 'shape' in each))
    return tensorTable(inputs);
  if (Array.isArray(inputs)) return instanceTable(inputs, 'instance');
  if (isObject(inputs)) {
    const tensors = Object.entries(inputs).map(([name, data]) => ({ name, data, shape: shapeOf(data) }));
    return tensorTable(tensors);
  }
  throw invalid('a request has neither "inputs" nor "instances"');
}

/** Of nested lists, by their first items. */
function shapeOf(data: unknown): number[] {
  const shape: number[] = [];
  for (let at = data; Array.isArray(at); at = at[0]) shape.push(at.length);
  return shape;
}

/** Positions by the names that the model's settings have for them, where these are as many. Errors: invalid_payload where they are not. */
function named(table: Table, features: readonly string[] | undefined): Table {
  const positional = table.columns.filter((column) => column.positional);
  if (features === undefined || features.length === 0 || positional.length === 0) return table;
  if (positional.length !== features.length)
    throw invalid(
      `a request has ${positional.length} positions, and the model's settings name ${features.length} (payload.features)`,
    );
  const names = new Map(positional.map(({ name }, i) => [name, features[i]!]));
  return { ...table, columns: table.columns.map((column) => ({ ...column, name: names.get(column.name)! })) };
}

interface Answer {
  readonly prediction?: Scalar;
  readonly score?: number;
  readonly probabilities?: Readonly<Record<string, number>>;
}

interface Answers {
  readonly rows: number;
  at(row: number): Answer;
}

/** Errors: invalid_payload. */
function answersOf({ outputs, predictions }: Half['data'], names: PayloadNames): Answers {
  if (Array.isArray(outputs) && outputs.every((each) => isObject(each) && 'shape' in each))
    return ofTables(
      outputs.map((tensor) => tensorTable([tensor])),
      names,
    );
  const list = predictions ?? outputs;
  if (!Array.isArray(list)) throw invalid('a response has neither "outputs" nor "predictions"');
  if (list.every(isObject)) {
    const answers = list.map(ofObject);
    return { rows: answers.length, at: (row) => answers[row]! };
  }
  return ofTables([instanceTable(list, 'prediction')], names);
}

/** What has one value a row is the answer; what has several are probabilities, of which the highest is the answer where nothing else is. */
function ofTables(tables: readonly Table[], { classes, answer: as }: PayloadNames): Answers {
  const rows = tables[0]?.rows ?? 0;
  if (tables.some((table) => table.rows !== rows)) throw invalid('outputs have different numbers of rows');
  const answer = tables.find(({ columns }) => columns.length === 1)?.columns[0];
  const wide = tables.find(({ columns }) => columns.length > 1)?.columns;
  if (answer === undefined && wide === undefined) throw invalid('a response answers nothing');
  if (wide !== undefined) requireProbabilities(wide, classes);
  const at = (row: number) => {
    const probabilities = wide === undefined ? undefined : probabilitiesOf(wide, row, classes);
    const only = answer?.values[row];
    const isScore = as === 'score' && typeof only === 'number';
    const prediction = isScore ? undefined : (only ?? likeliest(probabilities));
    return {
      ...(isScore ? { score: only } : {}),
      ...(prediction === undefined ? {} : { prediction }),
      ...(probabilities === undefined ? {} : { probabilities }),
    };
  };
  return { rows, at };
}

/** Errors: invalid_payload. */
function requireProbabilities(
  columns: readonly PayloadColumn[],
  classes: readonly string[] | undefined,
): void {
  if (classes !== undefined && classes.length > 0 && classes.length !== columns.length)
    throw invalid(
      `a response has ${columns.length} values a row, and the model's settings name ${classes.length} (payload.classes)`,
    );
  if (!columns.every(({ values }) => values.every((value) => typeof value === 'number')))
    throw invalid('a response has several values a row that are no numbers');
}

function probabilitiesOf(
  columns: readonly PayloadColumn[],
  row: number,
  classes: readonly string[] | undefined,
): Record<string, number> {
  return Object.fromEntries(
    columns.map(({ values }, i) => [classes?.[i] ?? String(i), values[row] as number]),
  );
}

function likeliest(probabilities: Readonly<Record<string, number>> | undefined): string | undefined {
  const entries = Object.entries(probabilities ?? {});
  return entries.length === 0 ? undefined : entries.reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}

const ANSWER = ['prediction', 'predicted_label', 'label', 'class', 'output'];
const SCORE = ['score', 'probability', 'confidence'];

/** One that is an object says by name what it is. */
function ofObject(answer: Readonly<Record<string, unknown>>): Answer {
  const prediction = ANSWER.map((name) => answer[name]).find(
    (value) => value !== undefined && (typeof value !== 'object' || value === null),
  ) as Scalar | undefined;
  const score = SCORE.map((name) => answer[name]).find((value) => typeof value === 'number');
  const { probabilities } = answer;
  if (prediction === undefined && score === undefined)
    throw invalid(`a prediction is an object without one of ${[...ANSWER, ...SCORE].join(', ')}`);
  return {
    ...(prediction === undefined ? {} : { prediction }),
    ...(score === undefined ? {} : { score }),
    ...(isObject(probabilities) ? { probabilities: probabilities as Record<string, number> } : {}),
  };
}
