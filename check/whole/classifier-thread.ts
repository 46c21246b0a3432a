import { once } from 'node:events';
import { enableCompileCache } from 'node:module';
import { parentPort } from 'node:worker_threads';
import type { WholeRows } from './sample.ts';

// Tells rows apart in a thread of its own (told-apart.ts). Each thread has to ask for what is compiled already.
enableCompileCache();
const { tellApart } = await import('./classifier.ts');
const [rows] = (await once(parentPort!, 'message')) as [WholeRows];
parentPort!.postMessage(tellApart(rows));
