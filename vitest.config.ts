import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      '{contract,stats,tables,mapping,registries,web,server,check,agent,cli,clients,test}/**/*.test.{ts,tsx}',
    ],
    exclude: ['**/*.slow.test.ts', '**/node_modules/**', 'web/dist/**'],
    // Ends what hangs; a busy machine may take long. A condition is waited for as long as such a machine needs.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
    pool: 'forks',
    // No module keeps a state that a test could meet: a process reads the code once, for file after file.
    isolate: false,
    // Many files wait for an engine in a process of its own, so that two at a time are what two cores can do; each engine takes memory.
    maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
    // Lake hosts and programs that tests start, hundreds of them, find the code compiled, as those of the command line do.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') },
  },
});
