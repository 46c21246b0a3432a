import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDataFolder, openToOthers } from './data-folder.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tiltmeter-folder-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('is made when missing and taken by one at a time', () => {
  const path = join(root, 'deep', 'data');
  const first = openDataFolder(path);
  expect(() => openDataFolder(path)).toThrow(
    expect.objectContaining({
      code: 'data_folder_locked',
      message: `${path} is in use by another Tiltmeter (process ${process.pid})`,
    }),
  );
  first.release();
  openDataFolder(path).release();
});

test('one that is made is closed to others, and one that others may look into is known', () => {
  const [made, found] = [join(root, 'made'), join(root, 'found')];
  openDataFolder(made).release();
  expect(statSync(made).mode & 0o777).toBe(0o700);
  mkdirSync(found);
  chmodSync(found, 0o755);
  expect([made, found, join(root, 'none')].map((path) => openToOthers(path))).toEqual([
    undefined,
    { who: 'others may look into', close: `chmod -R go= ${found}` },
    undefined,
  ]);
});

test('one that another user owns is known, closed as it is: that user may put other files into it', () => {
  const made = join(root, 'made');
  openDataFolder(made).release();
  const owner = statSync(made).uid;
  expect(openToOthers(made, owner + 1)).toEqual({
    who: `another user (${owner}) owns`,
    close: `chown -R ${owner + 1} ${made}`,
  });
});

test('is free at once after its holder was killed', async () => {
  const script = `import { openDataFolder } from ${JSON.stringify(join(import.meta.dirname, 'data-folder.ts'))};
    openDataFolder(${JSON.stringify(root)}); console.log('held'); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script]);
  await once(holder.stdout, 'data');
  expect(() => openDataFolder(root)).toThrow(expect.objectContaining({ code: 'data_folder_locked' }));
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  openDataFolder(root).release();
});

test.each(['/proc/tiltmeter', 'file', 'file/below'])('cannot be %s', (path) => {
  writeFileSync(join(root, 'file'), '');
  const full = path.startsWith('/') ? path : join(root, path);
  expect(() => openDataFolder(full)).toThrow(expect.objectContaining({ code: 'data_folder_not_writable' }));
});
