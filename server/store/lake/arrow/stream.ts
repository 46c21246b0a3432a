import {
  type Data,
  Field,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
} from 'apache-arrow';

/** Columns of `rows` values each as one Arrow IPC stream. */
export function arrowStream(
  columns: readonly { readonly name: string; readonly data: Data }[],
  rows: number,
): Uint8Array {
  const fields = columns.map(({ name, data }) => new Field(name, data.type, data.nullCount > 0));
  const children = columns.map(({ data }) => data);
  const struct = makeData({ type: new Struct(fields), length: rows, nullCount: 0, children });
  const batch = new RecordBatch(new Schema(fields), struct);
  return RecordBatchStreamWriter.writeAll([batch]).toUint8Array(true);
}
