import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const SCRIPT =
  "const { query } = require('chdb'); process.stdout.write(String(query('SELECT version()', 'TSV')).trim());";

/** The version that the embedded engine answers with, asked in a child process. */
export async function engineVersion(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=commonjs', '-e', SCRIPT], {
    cwd: import.meta.dirname,
    timeout: 30_000,
  });
  return stdout;
}
