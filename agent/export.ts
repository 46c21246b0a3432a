import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createGunzip, gzipSync } from 'node:zlib';
import { TiltmeterError } from '../contract/errors.ts';
import { waiting } from './folder.ts';
import { post } from './send.ts';

/** Characters of lines that are sent at once. */
const AT_ONCE = 4 * 1024 * 1024;

/** Writes the pieces that wait to one file, oldest first, and then takes them out of the folder. What is told twice changes no number. */
export async function exportPieces(
  folder: string,
  file: string,
  keep: boolean,
): Promise<{ pieces: number; predictions: number }> {
  const pieces = await waiting(folder);
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true });
  // Files in gzip one after the other are a file in gzip.
  for (const { path } of pieces) {
    const lines = await readFile(path);
    await new Promise<void>((resolve, reject) =>
      out.write(lines, (error) => (error ? reject(error) : resolve())),
    );
  }
  await new Promise<void>((resolve, reject) => {
    out.once('error', reject);
    out.end(() => resolve());
  });
  if (!keep) for (const { path } of pieces) await rm(path, { force: true });
  return { pieces: pieces.length, predictions: pieces.reduce((sum, { rows }) => sum + rows, 0) };
}

/** Sends a file that was exported. Errors: invalid_compression, and what the server says. */
export async function sendFile(
  server: { readonly url: string; readonly key: string },
  file: string,
): Promise<{ stored: number; rejected: number; why: string }> {
  let [stored, rejected, why] = [0, 0, ''];
  let lines: string[] = [];
  let size = 0;
  const flush = async () => {
    if (lines.length === 0) return;
    const outcome = await post(server, gzipSync(lines.join('\n')));
    if (outcome.is === 'later')
      throw new TiltmeterError('store_unavailable', `the server takes nothing: ${outcome.why}`);
    stored += lines.length - outcome.rejected;
    rejected += outcome.rejected;
    why ||= outcome.why;
    [lines, size] = [[], 0];
  };
  for await (const line of linesOf(file)) {
    if (line.trim() === '') continue;
    lines.push(line);
    size += line.length;
    if (size >= AT_ONCE) await flush();
  }
  await flush();
  return { stored, rejected, why };
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const zipped = createGunzip();
  const source = createReadStream(file);
  source.once('error', (error) => zipped.destroy(error));
  try {
    yield* createInterface({ input: source.pipe(zipped), crlfDelay: Number.POSITIVE_INFINITY });
    if (zipped.errored) throw zipped.errored;
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('Z_') !== true) throw error;
    throw new TiltmeterError('invalid_compression', `${file} is not a whole file in gzip`);
  }
}
