import { enableCompileCache } from 'node:module';
import { parentPort } from 'node:worker_threads';
import type { Answers, Told } from './aside.ts';

// The thread of `Aside`. Each thread has to ask for what is compiled already.
enableCompileCache();
parentPort!.on('message', async ({ answers, asked }: Told) => {
  const { answer } = (await import(answers)) as Answers;
  if (asked === undefined) return;
  const [reply, memory] = await answer(asked as never);
  parentPort!.postMessage(reply, memory);
});
