import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { dataFolder } from './storage.ts';

const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-doctor-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([0o755, 0o750, 0o701])(
  'a data folder of mode %o, which others may look into, is told with what closes it',
  async (mode) => {
    chmodSync(folder, mode);
    expect(await dataFolder(folder)).toEqual({
      check: 'data folder',
      ok: false,
      found: `others may look into ${folder}`,
      fix: expect.stringContaining(`chmod -R go= ${folder}`),
    });
  },
);

test('one of its owner alone, and one that will be made, are fine', async () => {
  chmodSync(folder, 0o700);
  expect(await dataFolder(folder)).toMatchObject({ ok: true, found: folder });
  const later = join(folder, 'later');
  expect(await dataFolder(later)).toMatchObject({ ok: true, found: `${later} will be made` });
});
