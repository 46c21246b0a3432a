import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../cli/commands/index.ts';
import { startTestApp, type TestApp } from './app.ts';
import { ROOT, sources } from './conformance/sources.ts';

/** What people read: the pages, and what the samples beside them say of themselves. */
const pages = [
  ...sources('.', /^(README|CONTRIBUTING)\.md$/),
  ...sources('docs', /\.(md|ya?ml)$/),
  ...sources('integrations', /\.(service|ya?ml|ts)$|Dockerfile$/),
];

const COMMAND = /(?:npx tiltmeter|npm run tiltmeter --|cli\/tiltmeter\.js)((?: +[^\s`|;&#)"]\S*)+)/g;
const commands = pages.flatMap(({ path, text }) =>
  text.split('\n').flatMap((line) =>
    [...line.replace(/`/g, ' ` ').matchAll(COMMAND)].map(([, words]) => ({
      path,
      words: wordsOf(words!),
    })),
  ),
);

/** Words of a command line up to what the shell does with its output; quotes are no part of them. */
function wordsOf(text: string): string[] {
  const words = [...text.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    (found) => found[1] ?? found[2] ?? found[3]!,
  );
  const end = words.findIndex((word) => /^(#|\||>|&&|`|…)/.test(word));
  return (end === -1 ? words : words.slice(0, end)).map((word) => word.replace(/[.,:;)]+$/, ''));
}

/** The command line of the product, with commands that do nothing. */
async function program(): Promise<Command> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = { env: {}, clock: () => 0, stdout: nowhere, stderr: nowhere };
  const root = new Command('tiltmeter');
  for (const load of Object.values(COMMANDS)) root.addCommand((await load())(terminal, () => {}));
  harmless(root);
  return root;
}

function harmless(command: Command): void {
  command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
  if (command.commands.length === 0) command.action(() => {});
  for (const child of command.commands) harmless(child);
}

test('every command line of the docs is one that tiltmeter takes', async () => {
  expect(commands.length).toBeGreaterThan(15);
  const refused: string[] = [];
  for (const { path, words } of commands) {
    // `<command>` stands for any, and the name of a command alone speaks of it
    if (words[0]!.startsWith('<')) continue;
    const root = await program();
    const named = root.commands.find((command) => command.name() === words[0]);
    if (named !== undefined && words.length <= 2 && !words.some((word) => word.startsWith('-'))) continue;
    try {
      await root.parseAsync(words, { from: 'user' });
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (code !== 'commander.helpDisplayed') refused.push(`${path}: ${words.join(' ')}: ${message}`);
    }
  }
  expect(refused).toEqual([]);
});

test('every npm script of the docs exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/npm run ([\w:]+)|npm (start|test)\b/g)].map(([, run, short]) => ({
      path,
      name: run ?? short!,
    })),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ name }) => !(name in scripts))).toEqual([]);
});

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app?.stop());

test('every address of the docs exists, with its method', async () => {
  const { body } = await app.json<{ paths: Record<string, object> }>('GET', '/api/v1/openapi.json');
  /** `/api/v1/models/{model}` → `/api/v1/models/{}` */
  const shape = (path: string) => path.replace(/\{[^}]*\}/g, '{}');
  const known = new Map(
    Object.entries(body.paths).map(([path, methods]) => [shape(path), Object.keys(methods)]),
  );
  const named = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/\b(GET|POST|PATCH|PUT|DELETE) (\/api\/v1\/[^\s`?)|,]+)/g)].map(
      ([, method, address]) => ({ path, method: method!.toLowerCase(), address: address! }),
    ),
  );
  expect(named.length).toBeGreaterThan(15);
  const missing = named.filter(({ method, address }) => {
    const methods = known.get(shape(address));
    return methods === undefined || !methods.includes(method);
  });
  expect(missing).toEqual([]);
});
