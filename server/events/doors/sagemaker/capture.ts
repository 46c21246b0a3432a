import { parse } from 'csv-parse/sync';
import { TiltmeterError } from '../../../../contract/errors.ts';
import type { PayloadNames } from '../../../../contract/payload.ts';
import { opensMoreThan } from '../../../json-scan.ts';
import { MOST_ROWS } from '../cloudevents/columns.ts';
import { type Half, invalid, isObject } from '../cloudevents/half.ts';
import { type Predictions, predictionsOf } from '../cloudevents/predictions.ts';

/** Objects and lists that the data of one record may be made of. */
const MOST_OPENS = 50_000;

const NONE: Predictions = { rows: 0, each: [] };

/** What one record of SageMaker's data capture is, as `/api/v1/predictions` and `/api/v1/labels` take them, not validated. */
export interface Captured {
  readonly predictions: Predictions;
  /** Of records that were merged with the truth. */
  readonly labels: readonly object[];
}

/**
 * A line of a capture file: what the endpoint was asked and what it answered, or the truth, or both. The id is the caller's inference id, else SageMaker's of the
 * event. Errors: invalid_payload.
 */
export function capturedOf(record: unknown, model: string, names: PayloadNames): Captured {
  if (!isObject(record) || !isObject(record.eventMetadata)) throw invalid('a record has no eventMetadata');
  const { inferenceId, eventId, inferenceTime } = record.eventMetadata;
  const id = [inferenceId, eventId].find((each) => typeof each === 'string' && each !== '') as
    | string
    | undefined;
  if (id === undefined) throw invalid('eventMetadata has neither an inferenceId nor an eventId');
  const time = typeof inferenceTime === 'string' ? inferenceTime : undefined;
  const { captureData, groundTruthData } = record;
  const half = (is: Half['is'], data: Half['data']): Half => ({
    ...{ id, is, time, data, model, trace: undefined, bytes: 0 },
  });
  const labels = groundTruthData === undefined ? [] : labelsOf(groundTruthData, id, model);
  if (!isObject(captureData) || Object.keys(captureData).length === 0) {
    if (labels.length === 0) throw invalid('a record has neither captureData nor groundTruthData');
    return { predictions: NONE, labels };
  }
  const { request, response } = sidesOf(captureData);
  const pair = { request: half('request', request), response: half('response', response) };
  return { predictions: predictionsOf(pair, model, names), labels };
}

interface Sides {
  readonly request: Half['data'];
  readonly response: Half['data'];
}

/** An endpoint's two sides; of a batch transform that was joined with its input the output lies beside it. Errors: invalid_payload. */
function sidesOf({ endpointInput, endpointOutput, batchTransformOutput }: Half['data']): Sides {
  if (batchTransformOutput === undefined)
    return {
      request: dataOf(readData(endpointInput, 'endpointInput'), ['instances', 'inputs'], 'instances'),
      response: dataOf(readData(endpointOutput, 'endpointOutput'), ['predictions', 'outputs'], 'predictions'),
    };
  const [joined] = readData(batchTransformOutput, 'batchTransformOutput');
  if (!isObject(joined) || joined.SageMakerOutput === undefined)
    throw invalid('batchTransformOutput was not joined with its input: there is no SageMakerOutput');
  const { SageMakerOutput: output, ...input } = joined;
  return {
    request: dataOf([input], ['instances', 'inputs'], 'instances'),
    response: dataOf([output], ['predictions', 'outputs'], 'predictions'),
  };
}

/** The data of one side as a payload of the V1 protocol, or as it is where it is one of either protocol. */
function dataOf(read: readonly unknown[], whole: readonly string[], rows: string): Half['data'] {
  if (read.length === 1 && isObject(read[0]) && whole.some((name) => name in (read[0] as object)))
    return read[0];
  return {
    [rows]: read.length === 1 && Array.isArray(read[0]) && Array.isArray(read[0][0]) ? read[0] : read,
  };
}

/** Rows of CSV, or the values of JSON and JSON lines. Errors: invalid_payload. */
function readData(side: unknown, called: string): unknown[] {
  if (!isObject(side) || typeof side.data !== 'string') throw invalid(`${called} has no data`);
  const { encoding, observedContentType } = side;
  const text = encoding === 'BASE64' ? Buffer.from(side.data, 'base64').toString('utf8') : side.data;
  const csv = encoding === 'CSV' || (encoding === 'BASE64' && String(observedContentType).includes('csv'));
  return csv ? readCsv(text, called) : readJson(text, called);
}

function readCsv(text: string, called: string): (number | string | null)[][] {
  try {
    const rows: string[][] = parse(text, {
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      to: MOST_ROWS + 1,
    });
    return rows.map((row) =>
      row.map((field) => (field === '' ? null : Number.isNaN(Number(field)) ? field : Number(field))),
    );
  } catch (error) {
    throw new TiltmeterError('invalid_payload', `${called} is not CSV`, { cause: error });
  }
}

function readJson(text: string, called: string): unknown[] {
  if (opensMoreThan(text, MOST_OPENS))
    throw invalid(`${called} is made of more than ${MOST_OPENS} objects and lists`);
  try {
    return [JSON.parse(text)];
  } catch {
    // JSON lines, then.
  }
  try {
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line));
  } catch (error) {
    throw new TiltmeterError('invalid_payload', `${called} is neither JSON nor JSON lines`, { cause: error });
  }
}

/** The truth of each row: `{"label": 1}`, a list of them under `instances`, JSON lines, or CSV. */
function labelsOf(truth: unknown, id: string, model: string): object[] {
  const read = readData(truth, 'groundTruthData');
  const [first] = read;
  const list =
    read.length === 1 && isObject(first) && Array.isArray(first.instances)
      ? first.instances
      : read.length === 1 && Array.isArray(first) && (first.length !== 1 || Array.isArray(first[0]))
        ? first
        : read;
  if (list.length > MOST_ROWS) throw invalid(`groundTruthData has more than ${MOST_ROWS} rows`);
  return list.map((each: unknown, row) => {
    const label = isObject(each) ? (each.label ?? each.groundTruth) : Array.isArray(each) ? each[0] : each;
    if (label === undefined || (typeof label === 'object' && label !== null))
      throw invalid('groundTruthData has a row without a label');
    return { model, id: list.length === 1 ? id : `${id}-${row}`, label };
  });
}
