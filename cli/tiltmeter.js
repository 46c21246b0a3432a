#!/usr/bin/env node
// Plain JavaScript, so that an old Node can say what is wrong instead of failing on the first type.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [major] = process.versions.node.split('.').map(Number);
if (major >= 24) {
  // Types are stripped once, not at every start.
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
  // In the package there is JavaScript in place of the sources: Node reads no TypeScript below node_modules.
  const source = new URL('./main.ts', import.meta.url);
  await import(existsSync(source) ? source.href : '../dist/cli/main.js');
} else {
  // `npm ci` puts a Node of the right version beside the code.
  const shipped = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
  if (existsSync(shipped)) {
    const child = spawnSync(shipped, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
      stdio: 'inherit',
    });
    process.exitCode = child.status ?? 1;
  } else {
    console.error(`tiltmeter: needs Node 24 or newer, this is ${process.version}`);
    console.error('  Install Node 24, or run "npm ci" in a checkout (it brings one).');
    process.exitCode = 2;
  }
}
