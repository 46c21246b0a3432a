import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VERSION } from '../../server/version.ts';

const ROOT = join(import.meta.dirname, '../..');

const MANIFEST = {
  name: 'tiltmeter-client',
  version: VERSION,
  description: 'Sends predictions, labels, outcomes and changes to Tiltmeter',
  license: 'Apache-2.0',
  type: 'module',
  exports: { types: './tiltmeter.d.ts', default: './tiltmeter.js' },
  engines: { node: '>=20' },
};

/** The client as JavaScript with its types, for Node 20 and whatever else reads no TypeScript: paths and texts. */
export function javascriptClient(): Map<string, string> {
  const made = mkdtempSync(join(tmpdir(), 'tiltmeter-client-'));
  try {
    const compiler = join(ROOT, 'node_modules/.bin/tsc');
    execFileSync(compiler, ['-p', join(ROOT, 'clients/typescript'), '--outDir', made]);
    const files = readdirSync(made)
      // the compiler leaves the endings of sources in what declares types
      .map((name): [string, string] => [
        name,
        readFileSync(join(made, name), 'utf8').replace(/(from '\.\/\w+)\.ts'/g, "$1.js'"),
      ]);
    files.push(['package.json', `${JSON.stringify(MANIFEST, null, 2)}\n`]);
    return new Map(files.map(([name, text]) => [`clients/javascript/${name}`, text]));
  } finally {
    rmSync(made, { recursive: true });
  }
}
