import { visible } from '../../../contract/control-characters.ts';
import { address } from './address.ts';
import { ApiError } from './client.ts';

/**
 * Sends a file to be looked at, and tells how much of it has gone, from 0 to 1: what `fetch` does not tell.
 * Errors: ApiError, as those of `api`.
 */
export function uploadTable<T>(file: File, progress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address('/uploads', {}, { name: file.name.slice(0, 256) }));
    request.setRequestHeader('content-type', 'application/octet-stream');
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
