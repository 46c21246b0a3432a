import { type Data, makeData, Utf8 } from 'apache-arrow';

/** Texts as Arrow Utf8 data. ASCII texts, which ids are, are encoded in one go instead of one by one. */
export function utf8(texts: readonly (string | undefined)[], rows: number): Data<Utf8> {
  const offsets = new Int32Array(rows + 1);
  const joined = texts.length === rows ? texts.join('') : texts.slice(0, rows).join('');
  const data = Buffer.from(joined, 'utf8');
  const ascii = data.length === joined.length;
  let end = 0;
  for (let i = 0; i < rows; i++) {
    const text = texts[i];
    if (text !== undefined) end += ascii ? text.length : Buffer.byteLength(text, 'utf8');
    offsets[i + 1] = end;
  }
  return makeData({ type: new Utf8(), length: rows, nullCount: 0, valueOffsets: offsets, data });
}
