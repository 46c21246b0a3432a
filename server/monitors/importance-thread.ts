import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { type LoggedSample, surrogateImportance } from './importance.ts';

/**
 * `surrogateImportance` on a thread of its own: fitting takes seconds, and senders wait for their answers meanwhile.
 * Rejects with what the fit threw.
 */
export async function importanceOnThread(sample: LoggedSample): Promise<Record<string, number> | null> {
  const worker = new Worker(new URL(import.meta.url), {
    workerData: sample,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const [shares] = (await once(worker, 'message')) as [Record<string, number> | null];
  return shares;
}

if (!isMainThread && parentPort !== null && isSample(workerData))
  parentPort.postMessage(surrogateImportance(workerData));

/** Tests run on threads too, without a sample. */
function isSample(data: unknown): data is LoggedSample {
  return typeof data === 'object' && data !== null && 'features' in data && 'answers' in data;
}
