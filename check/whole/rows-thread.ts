import { once } from 'node:events';
import { enableCompileCache } from 'node:module';
import { parentPort } from 'node:worker_threads';
import type { WholeRows } from './sample.ts';

// Looks through rows in a thread of its own (told-of-rows.ts). Each thread has to ask for what is compiled already.
enableCompileCache();
const { tellOfRows } = await import('./whole.ts');
const [rows] = (await once(parentPort!, 'message')) as [WholeRows];
parentPort!.postMessage(tellOfRows(rows));
