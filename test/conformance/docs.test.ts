import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../../server/events/limits.ts';
import { appOptions } from '../../server/main.ts';
import { code, isTest, ROOT, sources } from './sources.ts';

const pages = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md'].flatMap((name) =>
    sources('.', new RegExp(`^${name.replace('.', '\\.')}$`)),
  ),
  ...sources('docs', /\.md$/),
  ...sources('datasets', /README\.md$/),
];

const TOP =
  /^(contract|stats|tables|server|check|cli|clients|integrations|web|datasets|docs|test|bench|\.ci)\//;

test('every path that the documentation names exists', () => {
  const missing: string[] = [];
  for (const { path, text } of pages) {
    for (const [, named] of text.matchAll(/`([^`\s]+)`/g)) {
      // `server/monitors/kinds/<kind>.ts` and `web/*.tsx` name a pattern, `web/dist` is made by the build
      const fixed = named!.replace(/[:#].*$/, '').replace(/(<|\*|\{|…).*$/, '');
      if (!TOP.test(fixed) || fixed.startsWith('web/dist')) continue;
      if (!existsSync(join(ROOT, fixed.endsWith('/') || fixed === named ? fixed : dirname(fixed)))) {
        missing.push(`${path}: ${named}`);
      }
    }
  }
  expect(missing).toEqual([]);
});

test('every relative link of the documentation leads somewhere', () => {
  const broken: string[] = [];
  for (const { path, text } of pages) {
    for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^(https?:|mailto:|#)/.test(target!)) continue;
      if (!existsSync(join(ROOT, dirname(path), target!.replace(/#.*$/, ''))))
        broken.push(`${path}: ${target}`);
    }
  }
  expect(broken).toEqual([]);
});

test('the index of the documentation has every page', () => {
  const index = sources('docs', /^docs\/README\.md$/)[0]!.text;
  const unlisted = sources('docs', /^docs\/[^/]+(\/README)?\.md$/).filter(
    ({ path }) => path !== 'docs/README.md' && !index.includes(`](${path.slice('docs/'.length)})`),
  );
  expect(unlisted.map(({ path }) => path)).toEqual([]);
});

test('every reason that a signal gives instead of a number is explained', () => {
  const explained = sources('docs', /^docs\/troubleshooting\.md$/)[0]!.text;
  const given = code()
    .filter(({ path }) => path.startsWith('server/monitors/') && !isTest(path))
    .flatMap(({ text }) =>
      [...text.matchAll(/\bunjudged\('[a-z_]+', '([a-z_]+)'/g)].map(([, reason]) => reason!),
    );
  expect(given.length).toBeGreaterThan(5);
  expect([...new Set(given)].filter((reason) => !explained.includes(`\`${reason}\``))).toEqual([]);
});

test('every environment variable is documented, and no other is', () => {
  const named = (text: string) => [
    ...[...text.matchAll(/\bTILTMETER_[A-Z_]+\b/g)].map(([name]) => name),
    ...[...text.matchAll(/\bgiven\('([A-Z_]+)'\)/g)].map(([, name]) => `TILTMETER_${name}`),
  ];
  const used = code()
    .filter(({ path }) => !isTest(path) && path !== 'web/vite.config.ts')
    .flatMap(({ text }) => named(text));
  expect([...settings().keys()].sort()).toEqual([...new Set(used)].sort());
  const mentioned = pages.filter(({ path }) => path !== 'CHANGELOG.md').flatMap(({ text }) => named(text));
  // what only tests read begins with TILTMETER_TEST_
  const known = (name: string | undefined) => settings().has(name!) || name!.startsWith('TILTMETER_TEST_');
  expect(mentioned.filter((name) => !known(name))).toEqual([]);
});

test('the documented defaults are those of the code', () => {
  const { dataDir, host, port } = appOptions({}, {});
  const { repeatMs, idBytes } = DEFAULT_LIMITS;
  const defaults: Record<string, string | number> = {
    TILTMETER_DATA: dataDir,
    TILTMETER_HOST: host!,
    TILTMETER_PORT: port!,
    TILTMETER_URL: `http://${host}:${port}`,
    TILTMETER_REPEAT_DAYS: repeatMs / 86_400_000,
    TILTMETER_REPEAT_MEMORY_MB: idBytes / 1024 / 1024,
  };
  for (const [name, value] of Object.entries(defaults)) expect(settings().get(name)).toBe(`\`${value}\``);
});

/** Name → default, as the one table of settings has them. */
function settings(): ReadonlyMap<string, string> {
  const { text } = sources('docs', /^docs\/operating\.md$/)[0]!;
  const rows = [...text.matchAll(/^\| `(TILTMETER_[A-Z_]+)` +\|.*\| *(.*?) *\|$/gm)];
  expect(new Set(rows.map(([, name]) => name)).size).toBe(rows.length);
  return new Map(rows.map(([, name, value]) => [name!, value!]));
}
