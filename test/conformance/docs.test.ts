import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { code, isTest, ROOT, sources } from './sources.ts';

const pages = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md'].flatMap((name) =>
    sources('.', new RegExp(`^${name.replace('.', '\\.')}$`)),
  ),
  ...sources('docs', /\.md$/),
  ...sources('datasets', /README\.md$/),
];

const TOP = /^(contract|stats|server|check|cli|clients|web|datasets|docs|test|bench|\.ci)\//;

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

test('every environment variable is documented, and no other is', () => {
  const named = (text: string) => [
    ...[...text.matchAll(/\bTILTMETER_[A-Z_]+\b/g)].map(([name]) => name),
    ...[...text.matchAll(/\bgiven\('([A-Z_]+)'\)/g)].map(([, name]) => `TILTMETER_${name}`),
  ];
  const used = code()
    .filter(({ path }) => !isTest(path) && path !== 'web/vite.config.ts')
    .flatMap(({ text }) => named(text));
  const documented = named(sources('docs', /operating\.md$/)[0]!.text);
  expect([...new Set(documented)].sort()).toEqual([...new Set(used)].sort());
});
