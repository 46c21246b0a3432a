/** Reads and profiles one reference file, which lies in its working folder, and ends; see process.ts. It never outlives its parent. */
import { TiltmeterError } from '../../../../contract/errors.ts';
import { type Answer, type Ask, FILE } from './process.ts';
import { type ReferenceFile, readFile } from './read-file.ts';

process.on('disconnect', () => process.exit());

let file: ReferenceFile | undefined;

process.on('message', async (ask: Ask) => {
  try {
    if (ask.kind === 'read') {
      file = await readFile(FILE, ask.contentType);
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
