import { visible } from '../../../contract/control-characters.ts';
import { ApiError } from './client.ts';

/**
 * Sends a file as the body of a POST and tells how much of it has gone, from 0 to 1: what `fetch` does not tell.
 * Errors: ApiError, as those of `api`.
 */
export function upload<T>(path: string, file: File, progress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('content-type', typeOf(file));
    request.upload.onprogress = ({ loaded, total }) => progress(total === 0 ? 0 : loaded / total);
    request.onerror = () => reject(new ApiError(0, 'unreachable', 'The server did not answer'));
    request.onload = () => {
      const reply = parsed(visible(request.responseText));
      if (request.status < 300) return resolve(reply as T);
      const { code = 'internal', message, hint } = reply?.error ?? {};
      const said = message ?? `The server answered ${request.status}`;
      reject(new ApiError(request.status, code, said, hint));
    };
    request.send(file);
  });
}

interface ErrorReply {
  readonly error?: { readonly code?: string; readonly message?: string; readonly hint?: string };
}

function parsed(text: string): ErrorReply | undefined {
  try {
    return JSON.parse(text) as ErrorReply;
  } catch {
    return undefined;
  }
}

const TYPES: Record<string, string> = {
  csv: 'text/csv',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  jsonl: 'application/x-ndjson',
  parquet: 'application/vnd.apache.parquet',
};

/** What a file is, by its name: browsers do not know them all. `typeOf(new File([], 'a.ndjson'))` → 'application/x-ndjson' */
export function typeOf(file: Pick<File, 'name' | 'type'>): string {
  const ending = /\.(\w+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
  return TYPES[ending] ?? (file.type || 'application/octet-stream');
}
