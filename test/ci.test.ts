import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ConfigFile } from '../check/config/schema.ts';
import { CheckReport } from '../contract/check.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-ci-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

const action = parse(read('docs/ci/github/action.yml')) as {
  inputs: Record<string, { description: string }>;
  outputs: Record<string, { value: string }>;
  runs: { using: string; steps: Step[] };
};
const workflow = parse(read('docs/ci/github/workflow.yml')) as { jobs: { check: { steps: Step[] } } };
const gitlab = parse(read('docs/ci/gitlab-ci.yml')) as {
  tiltmeter: { script: string[]; artifacts: { reports: { junit: string }; paths: string[] } };
};

/** Runs a step's script as the runner does, with this process's Node. */
function runStep(script: string, env: Record<string, string>) {
  const path = `${dirname(process.execPath)}:${process.env.PATH}`;
  return new Promise<{ code: number; out: string }>((resolve) => {
    const options = { cwd: folder, env: { ...env, PATH: path, HOME: folder, TMPDIR: folder } };
    execFile(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script],
      options,
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, out: stdout + stderr }),
    );
  });
}

function table(name: string, shift: number): string {
  const rows = Array.from({ length: 300 }, (_, i) => `${((i * 7919) % 1000) / 10 + shift},${'rgb'[i % 3]}`);
  writeFileSync(join(folder, name), `amount,colour\n${rows.join('\n')}\n`);
  return join(folder, name);
}

test('the action: inputs it uses are declared, every script has its shell', () => {
  expect(action.runs.using).toBe('composite');
  const used = [...read('docs/ci/github/action.yml').matchAll(/\$\{\{ inputs\.(\w+) \}\}/g)].map(
    ([, name]) => name,
  );
  expect([...new Set(used)].sort()).toEqual(Object.keys(action.inputs).sort());
  for (const step of action.runs.steps) expect(step.run === undefined || step.shell === 'bash').toBe(true);
  const ids = action.runs.steps.map(({ id }) => id);
  for (const { value } of Object.values(action.outputs))
    expect(ids).toContain(/steps\.(\w+)\.outputs/.exec(value)![1]);
});

test.each([
  ['a table that moved', () => table('moved.csv', 40), 1, /Tiltmeter: fail/],
  ['the same table', () => table('same.csv', 0), 0, /Tiltmeter: pass/],
  ['no table', () => join(folder, 'none.csv'), 2, /could not run \(exit code 2\)/],
])('the action on %s: its status, its summary, its reports', async (_, current, status, summary) => {
  const { run } = action.runs.steps.find(({ id }) => id === 'check')!;
  const temp = mkdtempSync(join(folder, 'runner-'));
  const env = {
    CURRENT: current(),
    REFERENCE: table('reference.csv', 0),
    ARGUMENTS: '--threshold 0.2 --no-multivariate',
    RUNNER_TEMP: temp,
    GITHUB_ACTION_PATH: join(ROOT, 'docs/ci/github'),
    GITHUB_STEP_SUMMARY: join(temp, 'summary'),
    GITHUB_OUTPUT: join(temp, 'output'),
  };
  const { code, out } = await runStep(run!, env);
  expect([code, out]).toEqual([0, expect.stringMatching(status === 2 ? /no such file/ : /columns?/)]);
  expect(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8')).toMatch(summary);
  expect(readFileSync(env.GITHUB_OUTPUT, 'utf8')).toBe(`status=${status}\nreports=${temp}/tiltmeter\n`);
  const reports = join(temp, 'tiltmeter');
  for (const name of ['report.html', 'report.md', 'report.json', 'junit.xml'])
    expect(existsSync(join(reports, name))).toBe(status !== 2);
  if (status !== 2) {
    const report = CheckReport.parse(JSON.parse(readFileSync(join(reports, 'report.json'), 'utf8')));
    expect(report.columns[0]!.score!.threshold).toBe(0.2);
  }
  const verdict = action.runs.steps.find(({ name }) => name === 'Verdict')!;
  expect((await runStep(verdict.run!, { STATUS: String(status) })).code).toBe(status);
});

test('the workflow gives the action what it takes', () => {
  const { steps } = workflow.jobs.check;
  const used = steps.find(({ uses }) => uses?.endsWith('docs/ci/github'))!;
  for (const name of Object.keys(used.with!)) expect(Object.keys(action.inputs)).toContain(name);
  expect(Object.keys(used.with!)).toEqual(expect.arrayContaining(['current', 'reference']));
});

test('the GitLab job: the script writes what the artifacts name', () => {
  const { script, artifacts } = gitlab.tiltmeter;
  const command = script.find((line) => line.includes('tiltmeter.js'))!;
  for (const path of [...artifacts.paths, artifacts.reports.junit])
    expect(command).toContain(`--out ${path}`);
});

test('the guide has every key of the configuration, and its example is one', async () => {
  const guide = read('docs/check.md');
  const listed = new Set(
    [...guide.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, cells]) => cells!.match(/\w+/g)!),
  );
  const columns = ConfigFile.shape.columns.unwrap().valueType;
  const keys = [ConfigFile, columns, ConfigFile.shape.limits.unwrap()].flatMap(({ shape }) =>
    Object.keys(shape),
  );
  expect([...listed]).toEqual(expect.arrayContaining([...new Set(keys)]));
  const [, example] = /```yaml\n([\s\S]*?)```/.exec(guide)!;
  const { loadSettings } = await import('../check/config/load.ts');
  writeFileSync(join(folder, 'check.yaml'), example!);
  expect(loadSettings(join(folder, 'check.yaml')).rules).toHaveLength(6);
});

test('the guide and the pipelines name options that there are', async () => {
  const { check } = await import('../cli/commands/check.ts');
  const { profile } = await import('../cli/commands/profile.ts');
  const terminal = { env: {}, clock: () => 0, stdout: process.stdout, stderr: process.stderr };
  const options = [check, profile].flatMap((make) =>
    make(terminal, () => undefined).options.map(({ long }) => long!),
  );
  const text = [
    'docs/check.md',
    'docs/ci/github/action.yml',
    'docs/ci/github/workflow.yml',
    'docs/ci/gitlab-ci.yml',
  ]
    .map(read)
    .join('\n');
  const tiltmeter = text
    .split('\n')
    .filter((line) => !/npm ci|git clone|gh pr/.test(line))
    .join('\n');
  const named = [...tiltmeter.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([option]) => option);
  expect(named.length).toBeGreaterThan(20);
  expect([...new Set(named)].filter((option) => !options.includes(option))).toEqual([]);
});
