import { expect } from 'vitest';
import { CheckReport } from '../../contract/check.ts';
import { tiltmeter } from '../terminal.testing.ts';

/** A report with its columns by name. */
export interface Checked extends CheckReport {
  of(name: string): CheckReport['columns'][number];
}

/** Runs the check, which must be able to say something, and reads its report. */
export async function checked(current: string, reference: string, ...more: string[]): Promise<Checked> {
  const { exit, out, err } = await tiltmeter(['check', current, '--reference', reference, '--json', ...more]);
  expect(err).toBe('');
  expect(out).not.toMatch(/: (NaN|-?Infinity)|tiltmeter-check-(?!test-)/);
  const report = CheckReport.parse(JSON.parse(out));
  expect(exit).toBe(report.verdict === 'pass' ? 0 : 1);
  const of = (name: string) => {
    const column = report.columns.find((each) => each.name === name);
    if (!column) throw new Error(`no column "${name}" in ${report.columns.map((each) => each.name)}`);
    return column;
  };
  return { ...report, of };
}

/** What is written when nothing can be said: one line and a hint, exit 2; never the engine's words, a stack or a temporary path. */
export async function refused(current: string, reference: string, ...more: string[]): Promise<string> {
  const { exit, out, err } = await tiltmeter(['check', current, '--reference', reference, ...more]);
  expect(err).toMatch(/^tiltmeter: [^\n]+\n( {2}[^\n]+\n)?$/);
  expect(err).not.toMatch(/DB::|Exception|Code: \d|\bat .*\.ts|tiltmeter-check-(?!test-)|While|inflate/);
  expect(out).toBe('');
  expect(exit).toBe(2);
  return err.split('\n')[0]!;
}
