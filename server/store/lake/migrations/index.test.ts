import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readMigrations } from './index.ts';

test('every file of the folder is in the list, in the order of its number', async () => {
  const files = (await readdir(import.meta.dirname))
    .filter((file) => /^\d{4}_\w+\.(sql|ts)$/.test(file))
    .sort();
  expect((await readMigrations()).map(({ name }) => name)).toEqual(
    files.map((file) => file.replace(/\.\w+$/, '')),
  );
});
