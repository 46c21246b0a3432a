import { once } from 'node:events';
import { enableCompileCache } from 'node:module';
import { parentPort } from 'node:worker_threads';
import type { AskedAside } from './hold-aside.ts';

// Reads a table and hands it over, in a thread of its own (hold-aside.ts). Each thread has to ask for what is compiled already.
enableCompileCache();
const [{ holdTable }, { partsOf }] = await Promise.all([
  import('./held-table.ts'),
  import('./hold-aside.ts'),
]);
const [{ files, layout }] = (await once(parentPort!, 'message')) as [AskedAside];
const held = await holdTable(files, layout);
const [parts, memory] = held === null ? [null, []] : partsOf(held);
parentPort!.postMessage(parts, memory);
