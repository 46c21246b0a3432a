import { defineConfig } from 'vitest/config';

const shared = {
  exclude: ['**/*.slow.test.ts', '**/node_modules/**', 'web/dist/**'],
  testTimeout: 60_000,
  hookTimeout: 120_000,
  pool: 'forks' as const,
};

export default defineConfig({
  test: {
    // Most tests wait for an engine in a process of its own: two at a time use two cores.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'pure',
          include: ['{contract,stats,tables,web}/**/*.test.{ts,tsx}'],
          // Functions without state need no process for each file.
          isolate: false,
        },
      },
      { test: { ...shared, name: 'product', include: ['{server,check,cli,clients,test}/**/*.test.ts'] } },
    ],
  },
});
