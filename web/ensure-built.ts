import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** Newest change among the files below a folder, epoch milliseconds; what the build made does not count. */
function newest(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(join('web', 'dist')))
    .reduce((time, entry) => Math.max(time, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
}

/** Builds the dashboard when there is none, or when it is older than its sources. */
export function ensureBuilt(): void {
  const page = join(ROOT, 'web/dist/index.html');
  const sources = Math.max(...['web', 'contract', 'stats'].map((folder) => newest(join(ROOT, folder))));
  if (existsSync(page) && statSync(page).mtimeMs > sources) return;
  console.log('Building the dashboard …');
  execFileSync('npm', ['run', '--silent', 'build:web'], { cwd: ROOT, stdio: 'inherit' });
}

if (import.meta.main) ensureBuilt();
