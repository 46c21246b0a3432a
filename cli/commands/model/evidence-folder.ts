import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A folder of files with a list of their checksums, written as they come: none of them is held. */
export interface EvidenceFolder {
  /**
   * Writes a file within the folder, piece by piece where it comes in pieces. What a failure leaves of it is not in the list.
   * Errors: a path that leads elsewhere than it reads, or breaks a line of the list.
   */
  write(path: string, text: string | AsyncIterable<string>): Promise<void>;
  /** Writes `SHA256SUMS`; how many files are in it. */
  close(): Promise<number>;
}

/** `const folder = evidenceFolder('q3'); await folder.write('card.md', text); await folder.close()` */
export function evidenceFolder(out: string): EvidenceFolder {
  const sums: string[] = [];
  /** Ids in names of files are the server's word, which may be another than the one that was meant. */
  async function put(path: string, text: string | AsyncIterable<string>): Promise<string> {
    const [file, hash] = [join(out, path), createHash('sha256')];
    if (
      !/^([^/\\\r\n]+\/)*[^/\\\r\n]+$/.test(path) ||
      path.split('/').some((part) => part === '.' || part === '..')
    )
      throw new Error(`The server names a file that is not written: ${JSON.stringify(path)}`);
    await mkdir(dirname(file), { recursive: true });
    await using handle = await open(file, 'w');
    for await (const piece of typeof text === 'string' ? [text] : text) {
      hash.update(piece);
      await handle.writeFile(piece);
    }
    return hash.digest('hex');
  }
  return {
    async write(path, text) {
      sums.push(`${await put(path, text)}  ${path}\n`);
    },
    async close() {
      await put('SHA256SUMS', sums.join(''));
      return sums.length;
    },
  };
}
