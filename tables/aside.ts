import { Worker } from 'node:worker_threads';

/**
 * What a thread of its own answers, with one message, to what it is asked (`workerData`), which must be plain data.
 * @param thread the file that the thread runs.
 * @throws when the thread fails, or ends without an answer.
 */
export async function answeredAside<Answer>(thread: URL, asked: unknown): Promise<Answer> {
  const worker = new Worker(thread, { workerData: asked, execArgv: [] });
  const answer = await new Promise<Answer>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error(`${thread.pathname} ended without an answer`)));
  });
  await worker.terminate();
  return answer;
}
