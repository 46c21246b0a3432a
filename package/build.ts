import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureBuilt } from '../web/ensure-built.ts';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');

/** What the code reads beside itself; it lies in `dist/` as it does in the checkout. */
const BESIDE = [
  ...['package.json', 'datasets', 'server/store/lake/migrations', 'web/dist'],
  'server/store/lake/drivers/embedded/engine.xml',
  'server/store/lake/drivers/embedded/users.xml',
];
const READ = /(^|\/)(package\.json|datasets|web\/dist)(\/|$)|migrations$|\.(sql|xml)$/;

/** A file of the code that is named rather than imported: one that runs in a process of its own. */
const NAMED = /new URL\('(\.[^']+)\.ts', import\.meta\.url\)/g;

/**
 * Makes `dist/`, which the package holds in place of the sources: Node reads no TypeScript below `node_modules`. From
 * `cli/main.ts` on, all that is imported, as JavaScript, with what it reads, and the dashboard as it is built.
 */
function build(): void {
  ensureBuilt();
  rmSync(DIST, { recursive: true, force: true });
  execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', import.meta.dirname], { stdio: 'inherit' });
  for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith('.js')) continue;
    const path = join(entry.parentPath, entry.name);
    const text = readFileSync(path, 'utf8');
    const named = text.replace(NAMED, (_, file: string) => {
      if (!existsSync(join(dirname(path), `${file}.js`)))
        throw new Error(
          `${path} names ${file}.ts, which is not part of the package: list it in package/tsconfig.json`,
        );
      return `new URL('${file}.js', import.meta.url)`;
    });
    if (named !== text) writeFileSync(path, named);
  }
  for (const path of BESIDE)
    cpSync(join(ROOT, path), join(DIST, path), {
      recursive: true,
      filter: (source) => READ.test(source.slice(ROOT.length)),
    });
}

build();
