import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{stats,tables,server,check,cli,package,test}/**/*.slow.test.ts'],
    testTimeout: 900_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 1,
  },
});
