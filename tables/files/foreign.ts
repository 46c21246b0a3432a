/** What a file is that is no table, and what to do about it. */
const SIGNS: readonly (readonly [start: string | RegExp, is: string])[] = [
  ['PK\x03\x04', 'is a ZIP archive or an Excel workbook; unpack it, or export it as CSV'],
  ['\xd0\xcf\x11\xe0', 'is an old Excel workbook; export it as CSV'],
  ['\x89HDF', 'is an HDF5 file; export it as Parquet or CSV'],
  ['SQLite format 3', 'is an SQLite database; export a table as CSV'],
  ['ORC', 'is an ORC file; convert it to Parquet'],
  ['Obj\x01', 'is an Avro file; convert it to Parquet'],
  ['FEA1', 'is a Feather file of version 1; write it with version 2, or as Parquet'],
  ['%PDF', 'is a PDF document'],
  ['\x89PNG', 'is an image'],
  ['\xff\xd8\xff', 'is an image'],
  ['\xff\xfe\x00\x00', 'is text in UTF-32; save it as UTF-8'],
  ['\x00\x00\xfe\xff', 'is text in UTF-32; save it as UTF-8'],
  ['\x80\x03', 'is a Python pickle; write it as Parquet with to_parquet()'],
  ['\x80\x04', 'is a Python pickle; write it as Parquet with to_parquet()'],
  ['\x80\x05', 'is a Python pickle; write it as Parquet with to_parquet()'],
  [/^\s*<(!doctype|html|\?xml)/i, 'is a page of HTML or XML, perhaps an error message saved as a file'],
  [/^version https:\/\/git-lfs/, 'is a pointer to a Git LFS object; fetch it with "git lfs pull"'],
];

const MOST_CONTROL = 0.005;

/**
 * Why the beginning of a file is that of no table, as the end of a sentence; null: it may be one.
 * `foreignFormat(bytes('PK\x03\x04…'))` → 'is a ZIP archive …'
 */
export function foreignFormat(head: Uint8Array): string | null {
  const start = Buffer.from(head.subarray(0, 200)).toString('latin1');
  const sign = SIGNS.find(([sign]) => (typeof sign === 'string' ? start.startsWith(sign) : sign.test(start)));
  return sign?.[1] ?? null;
}

/** Whether decoded text holds so many control characters that it is no text; those of blanks and of terminals are. */
export function isBinary(text: string): boolean {
  const sample = text.slice(0, 20_000);
  let control = 0;
  for (let i = 0; i < sample.length; i++) {
    const code = sample.charCodeAt(i);
    if (code < 9 || (code > 13 && code < 32 && code !== 27)) control++;
  }
  return control > MOST_CONTROL * sample.length + 1;
}
