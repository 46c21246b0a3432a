import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { Terminal } from '../terminal.ts';
import { stepLine } from './step-line.ts';

function terminalOf(isTTY: boolean) {
  const world = { now: 0, text: '' };
  const stderr = Object.assign(new PassThrough(), { isTTY });
  stderr.on('data', (chunk) => (world.text += chunk));
  const terminal: Terminal = { env: {}, clock: () => world.now, stdout: new PassThrough(), stderr };
  return { world, terminal };
}

test('long work on a terminal: what is done, how far, how long; and gone at the end', () => {
  const { world, terminal } = terminalOf(true);
  const step = stepLine(terminal);
  step.show('opening', 0);
  expect(world.text).toBe('');
  world.now = 3000;
  step.show('counting the reference', 0.5);
  expect(world.text).toContain('50 %  counting the reference, 3 s');
  step.clear();
  expect(world.text.endsWith('\r\u001b[K')).toBe(true);
});

test('no terminal: not a word', () => {
  const { world, terminal } = terminalOf(false);
  const step = stepLine(terminal);
  world.now = 60_000;
  step.show('counting', 0.5);
  step.clear();
  expect(world.text).toBe('');
});
