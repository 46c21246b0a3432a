import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { VERSION } from '../server/version.ts';
import { COMMANDS } from './commands/index.ts';
import { run } from './run.ts';
import type { Terminal } from './terminal.ts';

async function tiltmeter(args: string[], env: Record<string, string> = {}) {
  const written = { out: '', err: '' };
  const stream = (name: 'out' | 'err') => new PassThrough().on('data', (chunk) => (written[name] += chunk));
  const terminal: Terminal = { env, clock: () => 0, stdout: stream('out'), stderr: stream('err') };
  const exit = await run(args, terminal);
  return { exit, ...written };
}

/** Every command that does something, with the words that lead to it. */
function leaves(command: Command, words: string[]): string[][] {
  return command.commands.length === 0
    ? [words]
    : command.commands.flatMap((child) => leaves(child, [...words, child.name()]));
}

const terminal: Terminal = { env: {}, clock: () => 0, stdout: new PassThrough(), stderr: new PassThrough() };
const makers = await Promise.all(Object.values(COMMANDS).map((load) => load()));
const paths = makers.map((make) => make(terminal, () => {})).flatMap((c) => leaves(c, [c.name()]));

test('--version says the version and nothing else', async () => {
  expect(await tiltmeter(['--version'])).toEqual({ exit: 0, out: `${VERSION}\n`, err: '' });
});

test('every command is found under its own name', () => {
  expect(makers.map((make) => make(terminal, () => {}).name())).toEqual(Object.keys(COMMANDS));
});

test.each(paths.map((words) => [words.join(' '), words] as const))(
  '%s --help has an example',
  async (_, words) => {
    const { exit, out } = await tiltmeter([...words, '--help']);
    expect(exit).toBe(0);
    expect(out).toContain(`$ tiltmeter ${words.join(' ')}`);
  },
);

test('docs/command-line.md has every command', () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/command-line.md'), 'utf8');
  const documented = [...page.matchAll(/^\| `([a-z -]+)` +\|/gm)].map(([, name]) => name);
  expect(documented).toEqual(paths.map((words) => words.join(' ')));
});

test.each([
  ['no command of this name', ['frobnicate']],
  ['an option that does not exist', ['doctor', '--nonsense']],
  ['a missing argument', ['import']],
  ['a port that is none', ['serve', '--port', '99999']],
])('%s: one line on stderr, exit 2', async (_, args) => {
  const { exit, out, err } = await tiltmeter(args);
  expect(exit).toBe(2);
  expect(out).toBe('');
  expect(err).toMatch(/^tiltmeter: \S/);
  expect(err).not.toMatch(/^\s+at /m);
});

test('without a key: says how to get one', async () => {
  const { exit, err } = await tiltmeter(['model', 'list']);
  expect(exit).toBe(2);
  expect(err).toBe(
    'tiltmeter: No API key\n  Make one in the dashboard under Settings, then give it with --key or TILTMETER_KEY.\n',
  );
});

test.each(['tm_first\ntm_second', 'tm_first tm_second', 'tm_first…'])(
  'a key that is none, %j, is refused and never printed',
  async (key) => {
    const { exit, out, err } = await tiltmeter(['model', 'list'], { TILTMETER_KEY: key });
    expect(exit).toBe(2);
    expect(err).toMatch(/^tiltmeter: The API key has a blank/);
    expect(out + err).not.toContain('tm_first');
  },
);

test('the key may lie in a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-key-'));
  const file = join(folder, 'key');
  writeFileSync(file, 'tm_first tm_second\n');
  const read = await tiltmeter(['model', 'list'], { TILTMETER_KEY_FILE: file });
  expect(read.err).toMatch(/^tiltmeter: The API key has a blank/);
  const missing = await tiltmeter(['model', 'list'], { TILTMETER_KEY_FILE: join(folder, 'none') });
  expect(missing).toMatchObject({
    exit: 2,
    err: expect.stringMatching(/^tiltmeter: TILTMETER_KEY_FILE cannot be read/),
  });
  rmSync(folder, { recursive: true });
});

test('without a server: says where it looked', async () => {
  // the discard port: nothing listens there
  const { exit, err } = await tiltmeter(['model', 'list'], {
    TILTMETER_KEY: 'k',
    TILTMETER_URL: 'http://127.0.0.1:9',
  });
  expect(exit).toBe(1);
  expect(err).toContain('does not answer');
});
