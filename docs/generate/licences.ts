import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Lock, nameOf, type Place, places } from '../../package/shipped.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const TITLES: Record<Place, string> = {
  server: 'Installed with the product',
  dashboard: 'Built into the dashboard',
  tools: 'Tools, which are not handed on',
};

/** Every package of the lock file with its licence, by where it ends up. */
export function licencesPage(): string {
  const lock = (JSON.parse(read('package-lock.json')) as { packages: Lock }).packages;
  const of = places(lock, read('docs/dependencies.md'));
  const sections = Object.entries(TITLES).map(([place, title]) => {
    const paths = [...of].filter(([, where]) => where === place).map(([path]) => path);
    const rows = new Set(
      paths.map((path) => `| \`${nameOf(path)}\` | ${lock[path]!.version} | ${lock[path]!.license} |`),
    );
    return `## ${title}\n\n| package | version | licence |\n|---|---|---|\n${[...rows].sort().join('\n')}\n`;
  });
  return `# Licences

Made from \`package-lock.json\` by \`npm run docs\`; \`test/conformance/supply.test.ts\` says which licences what is handed on may have. Tiltmeter itself is under
[Apache-2.0](../LICENSE), the demo's data under [their own licences](../datasets/README.md). The same as a CycloneDX document, with a hash of each package: \`npm run sbom\`.

${sections.join('\n')}`;
}
