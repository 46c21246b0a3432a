import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type BodyRequest, damaged, packed } from './body-request.ts';

const TABLES = ['/api/v1/uploads?name=', '/api/v1/models/m1/references/file?name='] as const;
const ENDINGS = ['csv', 'csv.gz', 'json', 'jsonl', 'parquet', 'arrow', 'tsv', 'zst', 'exe', ''] as const;
const NAMES = ['id', 'a', 'prediction'];
const BOUNDARY = 'a-boundary';

/** Tables in all forms, whole or not, for the doors of uploads and of the files of references; some as a form of a browser. */
export function anyTable(): fc.Arbitrary<BodyRequest> {
  const cell = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.double().map(String),
    fc.constantFrom('', 'NULL', '"', '2026-01-01', '1,5', 'true'),
  );
  return fc
    .record({
      door: fc.constantFrom(...TABLES),
      ending: fc.constantFrom(...ENDINGS),
      rows: fc.array(
        fc.oneof(
          {
            weight: 6,
            arbitrary: fc.tuple(fc.uuid(), fc.integer().map(String), fc.constantFrom('yes', 'no')),
          },
          { weight: 1, arbitrary: fc.array(cell, { maxLength: 5 }) },
        ),
        { maxLength: 40, size: 'max' },
      ),
      separator: fc.constantFrom(',', ';', '\t', '|'),
      shape: fc.constantFrom(
        'delimited',
        'delimited',
        'json',
        'lines',
        'parquet',
        'arrow',
        'gzip',
        'form',
        'bytes',
      ),
      bytes: fc.uint8Array({ maxLength: 300 }),
      damage: damaged(),
      pack: packed(),
      use: fc.constantFrom('predictions', 'labels'),
    })
    .map(({ door, ending, rows, separator, shape, bytes, damage, pack, use }) => {
      const lines = [NAMES, ...rows].map((row) => row.join(separator)).join('\n');
      const objects = rows.map((row) => Object.fromEntries(row.map((each, i) => [NAMES[i] ?? i, each])));
      let body: Buffer = Buffer.from(bytes);
      if (shape === 'delimited') body = Buffer.from(lines);
      if (shape === 'gzip') body = gzipSync(lines);
      if (shape === 'json') body = Buffer.from(JSON.stringify(objects));
      if (shape === 'lines') body = Buffer.from(objects.map((each) => JSON.stringify(each)).join('\n'));
      if (shape === 'parquet') body = Buffer.concat([Buffer.from('PAR1'), body, Buffer.from('PAR1')]);
      if (shape === 'arrow') body = Buffer.concat([Buffer.from('ARROW1\0\0'), body, Buffer.from('ARROW1')]);
      if (shape === 'form')
        body = Buffer.from(
          `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${lines}\r\n--${BOUNDARY}--\r\n`,
        );
      const sent = pack(damage(body));
      const type =
        shape === 'form' ? `multipart/form-data; boundary=${BOUNDARY}` : 'application/octet-stream';
      return {
        path: `${door}t.${ending}`,
        body: sent.body,
        headers: { ...sent.headers, 'content-type': type },
        preview: { model: 'm1', use },
      };
    });
}
