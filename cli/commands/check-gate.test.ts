import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createWorld, csv } from '../../check/world.testing.ts';
import pkg from '../../package.json' with { type: 'json' };
import { tiltmeter } from '../terminal.testing.ts';

/** The check as a gate of a pipeline: what it is asked, what it writes, when it fails. */

const world = createWorld();
const rows = (value: (i: number) => string | number, n = 400) =>
  Array.from({ length: n }, (_, i) => value(i));
const good = world.write('good.csv', csv({ amount: rows((i) => (i * 7919) % 1000) }));
const moved = world.write('moved.csv', csv({ amount: rows((i) => ((i * 7919) % 1000) + 900) }));
const few = world.write('few.csv', csv({ amount: rows((i) => i, 2) }));

test('a column far above 2^32 beside one with fractions', async () => {
  const file = world.write(
    'bytes.csv',
    csv({
      x: rows((i) => (i % 97) / 8),
      bytes_sent: rows((i) => 5_682_659_882 + ((i * 7919) % 100_003)),
      snowflake: rows((i) => `154181560360${6036480 + ((i * 7919) % 9973)}`),
    }),
  );
  for (const args of [
    ['profile', file],
    ['check', file, '--reference', file],
  ]) {
    expect(await tiltmeter(args)).toMatchObject({ exit: 0, err: '' });
  }
});

test.each([
  ['two tables side by side', [good, moved], `tiltmeter check ${moved} --reference ${good}`],
  ['no reference', [good], `tiltmeter check ${good} --reference FILE`],
  ['files of one table', [good, moved, '--reference', few], 'a glob in quotes'],
])('%s: the command that is meant', async (_, args, hint) => {
  const { exit, err } = await tiltmeter(['check', ...args]);
  expect([exit, err]).toEqual([2, expect.stringContaining(hint)]);
});

test('a table with too little data passes, unless --fail-on unjudged', async () => {
  const check = (...more: string[]) => tiltmeter(['check', few, '--reference', good, ...more]);
  expect((await check()).exit).toBe(0);
  const gated = await check('--fail-on', 'unjudged');
  expect(gated).toMatchObject({ exit: 1, err: '--fail-on unjudged: that was found, hence exit code 1\n' });
  expect((await tiltmeter(['check', good, '--reference', good, '--fail-on', 'unjudged'])).exit).toBe(0);
  expect((await tiltmeter(['check', moved, '--reference', good, '--fail-on', 'unjudged'])).exit).toBe(1);
});

test('SARIF by its ending and by --format; an ending that names no report is refused', async () => {
  const out = world.path('r.sarif');
  const written = await tiltmeter(['check', moved, '--reference', good, '--out', out]);
  expect(written).toMatchObject({ exit: 1, out: '', err: '' });
  const [run] = JSON.parse(readFileSync(out, 'utf8')).runs;
  expect(run.results[0]).toMatchObject({ ruleId: 'quality', level: 'error' });
  const printed = await tiltmeter(['check', moved, '--reference', good, '--format', 'sarif']);
  expect(JSON.parse(printed.out).version).toBe('2.1.0');
  const refused = await tiltmeter(['check', moved, '--reference', good, '--out', world.path('r.txtt')]);
  expect(refused).toMatchObject({ exit: 2, out: '', err: expect.stringContaining('.sarif') });
});

test('--version', async () => {
  expect(await tiltmeter(['--version'])).toMatchObject({ exit: 0, out: `${pkg.version}\n`, err: '' });
});

test('a small shift passes, unless --fail-on shift', async () => {
  const kinds = (name: string, ofA: number) =>
    world.write(name, `kind,n\n${Array.from({ length: 4000 }, (_, i) => `${i % 100 < ofA ? 'a' : 'b'},${(i * 7919) % 4001}`).join('\n')}\n`); // biome-ignore format: one line
  const [before, after] = [kinds('kinds-before.csv', 30), kinds('kinds-after.csv', 36)];
  expect((await tiltmeter(['check', after, '--reference', before])).exit).toBe(0);
  expect((await tiltmeter(['check', after, '--reference', before, '--fail-on', 'shift'])).exit).toBe(1);
  expect((await tiltmeter(['check', before, '--reference', before, '--fail-on', 'shift'])).exit).toBe(0);
});
