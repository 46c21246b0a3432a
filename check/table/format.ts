import { TiltmeterError } from '../../contract/errors.ts';

export type TableFormat = 'csv' | 'parquet' | 'arrow' | 'arrow_stream' | 'jsonl';

/**
 * The format of a file: by its first bytes where these say it, else by its name; text of unknown name is CSV.
 * `formatOf('a.parquet', bytes('PAR1…'))` → 'parquet'
 */
export function formatOf(file: string, head: Uint8Array): TableFormat {
  const magic = Buffer.from(head.subarray(0, 6)).toString('latin1');
  const name = file.toLowerCase().replace(/\.(gz|zst|bz2|xz)$/, '');
  if (magic.startsWith('PAR1')) return 'parquet';
  if (magic === 'ARROW1') return 'arrow';
  if (/\.(parquet|pq)$/.test(name)) {
    throw new TiltmeterError(
      'unreadable_table',
      `${file}: is named as Parquet but does not begin like one; it may be truncated or of another format`,
    );
  }
  if (/\.(arrow|feather|ipc|arrows)$/.test(name)) return 'arrow_stream';
  if (/\.(jsonl|ndjson|json)$/.test(name)) return 'jsonl';
  if (/\.(csv|tsv|tab|txt|psv|data)$/.test(name)) return 'csv';
  const first = Buffer.from(head).toString('utf8').trimStart()[0];
  if (first === '{' || first === '[') return 'jsonl';
  return 'csv';
}
