import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';

const MOST_BYTES = 150_000;
const run = promisify(execFile);

/**
 * A picture for the docs: what the screen shows, in a palette of 256 colours, which is a third of the bytes. Needs pngquant on
 * the PATH (`apt install pngquant`). Errors: a picture of more than 150 kB, or no pngquant.
 */
export async function takePicture(page: Page, path: string): Promise<void> {
  await page.screenshot({ path });
  try {
    await run('pngquant', ['--force', '--speed', '1', '--nofs', '--output', path, '256', path]);
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT')
      throw new Error('Pictures of the docs have a palette: install pngquant');
    throw error;
  }
  const { size } = await stat(path);
  console.log(`${basename(path)} ${Math.round(size / 1000)} kB`);
  if (size > MOST_BYTES) throw new Error(`${path} is larger than ${MOST_BYTES / 1000} kB`);
}
