/**
 * Takes the pictures of a check's page for docs/screenshots, light and dark: 2012 against 2011 of the bicycle rentals.
 *
 *     node test/report-screenshots.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { openBrowser } from './browser/open-browser.ts';
import { takePicture } from './browser/picture.ts';

const ROOT = join(import.meta.dirname, '..');
/** The first hour of 2012. */
const SECOND_YEAR = 8646;

const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-pictures-'));
try {
  const [head, ...hours] = gunzipSync(readFileSync(join(ROOT, 'datasets/bike-sharing/hour.csv.gz')))
    .toString()
    .trimEnd()
    .split('\n');
  writeFileSync(join(folder, '2011.csv'), [head, ...hours.slice(0, SECOND_YEAR - 1)].join('\n'));
  writeFileSync(join(folder, '2012.csv'), [head, ...hours.slice(SECOND_YEAR - 1)].join('\n'));
  const command = [join(ROOT, 'cli/tiltmeter.js'), 'check', '2012.csv', '--reference', '2011.csv'];
  const more = ['--ignore', 'yr', '--fail-on', 'none', '--out', 'report.html'];
  execFileSync(process.execPath, [...command, ...more], { cwd: folder, stdio: 'inherit' });
  const browser = await openBrowser();
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 1000 } });
    await page.goto(`${pathToFileURL(join(folder, 'report.html')).href}#open=casual`);
    await takePicture(page, join(ROOT, 'docs/screenshots', `check-${colorScheme}.png`));
  }
  await browser.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
