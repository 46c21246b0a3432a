import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

/** A request of ClickHouse's HTTP interface, taken apart. */
export interface ClickHouseRequest {
  /** The statement, without the rows of an insert. */
  readonly sql: string;
  /** Rows of an insert in the format its statement names. */
  readonly rows: { readonly format: string; readonly bytes: Buffer } | undefined;
  readonly params: ReadonlyMap<string, string>;
  readonly settings: ReadonlyMap<string, string>;
  readonly database: string;
  readonly defaultFormat: string;
  readonly queryId: string;
  readonly compress: 'gzip' | 'deflate' | 'br' | 'zstd' | undefined;
}

const DECODERS: Record<string, (bytes: Buffer) => Promise<Buffer>> = {
  gzip: promisify(zlib.gunzip) as (bytes: Buffer) => Promise<Buffer>,
  deflate: promisify(zlib.inflate) as (bytes: Buffer) => Promise<Buffer>,
  br: promisify(zlib.brotliDecompress) as (bytes: Buffer) => Promise<Buffer>,
  zstd: promisify(zlib.zstdDecompress) as (bytes: Buffer) => Promise<Buffer>,
};

/** Parameters of the address that are neither settings nor values. */
const OWN = new Set([
  'query',
  'database',
  'default_format',
  'query_id',
  'user',
  'password',
  'session_id',
  'session_timeout',
  'role',
  'compress',
  'decompress',
  'wait_end_of_query',
  'buffer_size',
  'enable_http_compression',
]);

export async function readRequest(request: IncomingMessage): Promise<ClickHouseRequest> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const raw = await buffer(request);
  const encoding = request.headers['content-encoding'];
  const body = encoding && encoding !== 'identity' ? await DECODERS[encoding]!(raw) : raw;

  const parts = multipartOf(request.headers['content-type'], body);
  const values = new Map([...url.searchParams, ...parts]);
  const split = splitInsert(
    url.searchParams.get('query') ?? parts.get('query') ?? '',
    parts.size > 0 ? EMPTY : body,
  );
  const accepted = request.headers['accept-encoding'] ?? '';
  return {
    ...split,
    params: new Map([...values].flatMap(([k, v]) => (k.startsWith('param_') ? [[k.slice(6), v]] : []))),
    settings: new Map([...url.searchParams].filter(([k]) => !OWN.has(k) && !k.startsWith('param_'))),
    database:
      url.searchParams.get('database') ?? String(request.headers['x-clickhouse-database'] ?? 'default'),
    defaultFormat:
      url.searchParams.get('default_format') ??
      String(request.headers['x-clickhouse-format'] ?? 'TabSeparated'),
    queryId: url.searchParams.get('query_id') ?? crypto.randomUUID(),
    compress:
      url.searchParams.get('enable_http_compression') === '1'
        ? (['gzip', 'deflate', 'br', 'zstd'] as const).find((codec) => accepted.includes(codec))
        : undefined,
  };
}

const EMPTY = Buffer.alloc(0);

/** The text in the address and the body are one text; what follows `FORMAT Name⏎` of an INSERT are its rows. */
function splitInsert(query: string, body: Buffer): Pick<ClickHouseRequest, 'sql' | 'rows'> {
  const whole = Buffer.concat([Buffer.from(query === '' ? '' : `${query}\n`), body]);
  const head = whole.subarray(0, 262_144).toString('latin1');
  const format = /^\s*INSERT\s/i.test(head)
    ? /^(?:'(?:[^'\\]|\\[\s\S])*'|`(?:[^`\\]|\\[\s\S])*`|[^'`])*?\bFORMAT\s+(\w+)[ \t]*(?:\r?\n|$)/i.exec(
        head,
      )
    : null;
  // INSERT … SELECT … FORMAT Null has none
  if (!format || format[1] === 'Null') return { sql: whole.toString('utf8'), rows: undefined };
  const end = format[0].length;
  const sql = whole
    .subarray(0, end)
    .toString('utf8')
    .replace(/\bFORMAT\s+\w+\s*$/i, '');
  return { sql, rows: { format: format[1]!, bytes: whole.subarray(end) } };
}

function multipartOf(contentType: string | undefined, body: Buffer): Map<string, string> {
  const found = new Map<string, string>();
  const boundary = /^multipart\/form-data;\s*boundary="?([^";]+)/.exec(contentType ?? '')?.[1];
  if (boundary === undefined) return found;
  for (const part of body.toString('utf8').split(`--${boundary}`).slice(1, -1)) {
    const end = part.indexOf('\r\n\r\n');
    const name = /name="([^"]*)"/.exec(part.slice(0, end))?.[1];
    if (name !== undefined) found.set(name, part.slice(end + 4, -2));
  }
  return found;
}
