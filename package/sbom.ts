import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Lock, nameOf, places } from './shipped.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly unknown[];
}

export interface Sbom {
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

/**
 * What is handed on, as a CycloneDX document: npm's own, made from the lock file, without the tools. What the dashboard is built from is in it,
 * which npm takes for a tool.
 */
export function sbom(): Sbom {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Lock };
  const shipped = new Set(
    [...places(packages, read('docs/dependencies.md'))]
      .filter(([, place]) => place !== 'tools')
      .map(([path]) => `${nameOf(path)}@${packages[path]!.version}`),
  );
  const args = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'];
  const all = JSON.parse(
    execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }),
  ) as Sbom;
  const self = all.metadata.component['bom-ref'];
  const isShipped = (ref: string) => ref === self || shipped.has(ref);
  return {
    ...all,
    metadata: {
      ...all.metadata,
      component: { ...all.metadata.component, name: 'tiltmeter', type: 'application' } as Component,
    },
    components: all.components.filter((component) => isShipped(`${component.name}@${component.version}`)),
    dependencies: all.dependencies
      .filter(({ ref }) => isShipped(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(isShipped) })),
  };
}

if (import.meta.main) {
  const path = process.argv[2] ?? join(ROOT, 'dist/tiltmeter.cdx.json');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(sbom(), null, 2)}\n`);
  console.log(path);
}
