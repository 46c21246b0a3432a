/** Reads and profiles one reference file, from its standard input, and ends; see process.ts. It never outlives its parent. */
import { buffer } from 'node:stream/consumers';
import { TiltmeterError } from '../../../../contract/errors.ts';
import type { Answer, Ask } from './process.ts';
import { type ReferenceFile, readFile } from './read-file.ts';

process.on('disconnect', () => process.exit());

let file: ReferenceFile | undefined;

process.on('message', async (ask: Ask) => {
  try {
    if (ask.kind === 'read') {
      file = await readFile(await buffer(process.stdin), ask.contentType);
      answer({ kind: 'found', found: file.found });
    } else answer({ kind: 'made', made: await file!.profile(ask.plan) });
  } catch (error) {
    if (error instanceof TiltmeterError)
      answer({ kind: 'refused', code: error.code, message: error.message });
    else
      answer({
        kind: 'failed',
        message: error instanceof Error ? (error.stack ?? error.message) : `${error}`,
      });
  }
});

function answer(message: Answer): void {
  process.send!(message);
}
