import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{contract,stats,tables,server,check,cli,web,clients,test}/**/*.test.{ts,tsx}'],
    exclude: ['**/*.slow.test.ts', '**/node_modules/**', 'web/dist/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
  },
});
