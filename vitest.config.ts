import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const shared = {
  exclude: ['**/*.slow.test.ts', '**/node_modules/**', 'web/dist/**'],
  // Ends what hangs; a busy machine may take long. A condition is waited for as long as such a machine needs.
  testTimeout: 120_000,
  hookTimeout: 240_000,
  expect: { poll: { timeout: 60_000 } },
  pool: 'forks' as const,
};

export default defineConfig({
  test: {
    // Many files wait for an engine in a process of its own, so that two at a time are what two cores can do; each engine takes memory.
    maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
    projects: [
      // No module of these keeps a state that a test could meet: a process reads the code once, for file after file.
      {
        test: {
          ...shared,
          name: 'pure',
          include: ['{contract,stats,tables,mapping,web}/**/*.test.{ts,tsx}'],
          isolate: false,
        },
      },
      {
        test: { ...shared, name: 'product', include: ['{server,check,cli}/**/*.test.ts'], isolate: false },
      },
      // These start what people start: programs, browsers, servers.
      { test: { ...shared, name: 'whole', include: ['{clients,test}/**/*.test.ts'] } },
    ],
  },
});
