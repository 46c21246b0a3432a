import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const shared = {
  exclude: ['**/*.slow.test.ts', '**/node_modules/**', 'web/dist/**'],
  testTimeout: 60_000,
  hookTimeout: 120_000,
  // A condition is waited for as long as a busy machine needs.
  expect: { poll: { timeout: 30_000 } },
  pool: 'forks' as const,
  // No module keeps a state that a test could meet, so that a process reads the code once and runs file after file.
  isolate: false,
};

export default defineConfig({
  test: {
    // Many files wait for an engine in a process of its own, so that two at a time are what two cores can do; each engine takes memory.
    maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
    projects: [
      {
        test: {
          ...shared,
          name: 'pure',
          include: ['{contract,stats,tables,web}/**/*.test.{ts,tsx}'],
        },
      },
      { test: { ...shared, name: 'product', include: ['{server,check,cli,clients,test}/**/*.test.ts'] } },
    ],
  },
});
