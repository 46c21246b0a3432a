import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { WholeRows } from './sample.ts';

// Tells rows apart in a thread of its own (told-apart.ts). Each thread has to ask for what is compiled already.
enableCompileCache();
const { tellApart } = await import('./classifier.ts');
parentPort!.postMessage(tellApart(workerData as WholeRows));
