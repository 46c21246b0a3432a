import { TiltmeterError } from '../../contract/errors.ts';
import { encodingOf } from '../text/encoding.ts';
import { foreignFormat } from './foreign.ts';

export type TableFormat = 'csv' | 'parquet' | 'arrow' | 'arrow_stream' | 'jsonl';

/** How a format is called when people read of it. */
export const FORMAT_NAMES: Readonly<Record<TableFormat, string>> = {
  csv: 'delimited text',
  parquet: 'Parquet',
  arrow: 'Arrow',
  arrow_stream: 'Arrow',
  jsonl: 'JSON',
};

/**
 * The format of a file: by its first bytes where these say it, else by its name; text of unknown name is CSV.
 * `formatOf('a.parquet', bytes('PAR1…'))` → 'parquet'
 * @param head its first bytes, decompressed.
 * @throws unreadable_table when it is something that is no table.
 */
export function formatOf(file: string, head: Uint8Array): TableFormat {
  const fail = (what: string) => new TiltmeterError('unreadable_table', `${file}: ${what}`);
  const magic = Buffer.from(head.subarray(0, 6)).toString('latin1');
  const name = file.toLowerCase().replace(/\.(gz|zst|bz2|xz)$/, '');
  if (magic.startsWith('PAR1')) return 'parquet';
  if (magic === 'ARROW1') return 'arrow';
  if (isArrowStream(head)) return 'arrow_stream';
  const foreign = foreignFormat(head);
  if (foreign) throw fail(foreign);
  if (/\.(parquet|pq)$/.test(name))
    throw fail('is named as Parquet but does not begin like one; it may be truncated or of another format');
  if (/\.(arrow|feather|ipc|arrows)$/.test(name))
    throw fail('is named as Arrow but does not begin like one; it may be truncated or of another format');
  if (/\.(jsonl|ndjson|json)$/.test(name)) return 'jsonl';
  return beginsWithJson(head) ? 'jsonl' : 'csv';
}

/** A stream begins with a continuation mark and the length of its schema. */
function isArrowStream(head: Uint8Array): boolean {
  return (
    head.length > 8 && head.subarray(0, 4).every((byte) => byte === 0xff) && head[6] === 0 && head[7] === 0
  );
}

/** Whether the first line is a JSON object, or a list that holds objects begins. */
function beginsWithJson(head: Uint8Array): boolean {
  const text = new TextDecoder(encodingOf(head)).decode(head.subarray(0, 100_000)).trimStart();
  if (/^\[\s*\{/.test(text)) return true;
  if (!text.startsWith('{')) return false;
  try {
    return typeof JSON.parse(text.split('\n')[0]!) === 'object';
  } catch {
    return /^\{\s*"/.test(text);
  }
}
