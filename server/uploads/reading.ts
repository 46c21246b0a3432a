import { fileURLToPath } from 'node:url';
import { TiltmeterError } from '../../contract/errors.ts';
import { inChild } from '../profiles/references/file/in-child.ts';
import { Lane } from '../store/lake/lane.ts';
import type { Answer, Ask, LookedThrough } from './questions.ts';
import type { KeptUpload, Uploads } from './uploads.ts';

/** Rows go by one after the other: what is kept of a table is small, whatever its size. */
const HEAP_MB = 512;
const LOOK_MS = 300_000;
const STORE_MS = 6 * 3_600_000;

/** One table is looked at, and one is stored, at a time, of each sender in turn: the memory they take is bounded for all of them together. */
const lanes = { look: new Lane({ width: 1 }), store: new Lane({ width: 1 }) };

/** Reads the table of an upload in a process of its own; `use` asks for what it wants and gets no refusal as an answer. */
export function reading<T>(
  uploads: Pick<Uploads, 'signal'>,
  { folder, owner }: Pick<KeptUpload, 'folder' | 'owner'>,
  what: 'look' | 'store',
  use: (ask: (question: Ask) => Promise<Answer>) => Promise<T>,
): Promise<T> {
  const ended = () =>
    uploads.signal.aborted
      ? new TiltmeterError('stopping')
      : new TiltmeterError(
          'unreadable_table',
          'reading the file took more time or memory than it may; "tiltmeter import" reads it where it lies',
        );
  const limits = {
    withinMs: what === 'look' ? LOOK_MS : STORE_MS,
    heapMb: HEAP_MB,
    signal: uploads.signal,
    ended,
  };
  const program = fileURLToPath(new URL('./child.ts', import.meta.url));
  const read = async () => {
    uploads.signal.throwIfAborted();
    return inChild<Ask, Answer, T>(program, folder, limits, (ask) =>
      use(async (question) => good(await ask(question))),
    );
  };
  return lanes[what].run(read, false, owner);
}

function good(answer: Answer): Answer {
  if (answer.kind === 'refused') throw new TiltmeterError(answer.code, answer.message);
  if (answer.kind === 'failed') throw new Error(answer.message);
  return answer;
}

/** Looks through the table once, however often it is asked. Errors: not_found (it is stored, and its file gone). */
export async function lookedThrough(uploads: Uploads, upload: KeptUpload): Promise<LookedThrough> {
  if (upload.gone)
    throw new TiltmeterError('not_found', 'the table is stored and its file gone: send it again');
  upload.looked ??= reading(uploads, upload, 'look', async (ask) => {
    const answer = await ask({ kind: 'look' });
    if (answer.kind !== 'looked') throw new Error(`not what was asked for: ${answer.kind}`);
    upload.rows = answer.looked.survey.rows;
    return answer.looked;
  });
  return upload.looked;
}
