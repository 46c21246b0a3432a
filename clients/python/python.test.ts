import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'tiltmeter-python-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs Python with this process's Node in front. */
function python(...args: string[]) {
  const env = {
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    HOME: folder,
    TMPDIR: folder,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONWARNINGS: 'error',
  };
  return new Promise<{ code: number; said: string }>((resolve) => {
    execFile('python3', args, { env, cwd: import.meta.dirname }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
    );
  });
}

test('the Python client against the real command line', async () => {
  const { code, said } = await python('-m', 'unittest', 'discover', '-s', 'tests');
  expect(said).toMatch(/Ran 7 tests[\s\S]*OK/);
  expect(code).toBe(0);
});

test('it needs nothing but the standard library, and no newer Python than 3.9', async () => {
  const script = `
import ast, pathlib, sys
source = pathlib.Path('tiltmeter.py').read_text(encoding='utf-8')
tree = ast.parse(source, feature_version=(3, 9))
names = {name.name.split('.')[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
names |= {node.module.split('.')[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
print(sorted(names - set(getattr(sys, 'stdlib_module_names', names))))
`;
  expect((await python('-c', script)).said.trim()).toBe('[]');
});
