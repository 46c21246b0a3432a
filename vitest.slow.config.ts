import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const shared = { testTimeout: 900_000, hookTimeout: 120_000, pool: 'forks' as const };

/** What takes ten million rows of memory, or somebody's patience: nothing runs beside it. */
const ALONE = ['server/profiles/roll-up/size.slow.test.ts', 'test/newcomer/newcomer.slow.test.ts'];
/** What takes minutes, the longest first, so that at the end no process waits for one that began late. */
const LONG = [
  'test/e2e/servers',
  'test/tables/tables',
  'test/accessible',
  'test/demo',
  'test/one-story',
  'test/sleep',
];

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((name) => moduleId.includes(`${name}.slow`));
      return at < 0 ? LONG.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          ...shared,
          name: 'slow',
          include: ['{stats,tables,server,check,cli,package,test}/**/*.slow.test.ts'],
          exclude: [...ALONE, '**/node_modules/**'],
          // Some wait most of the time, others count with one processor.
          maxWorkers: 2,
        },
      },
      { test: { ...shared, name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
