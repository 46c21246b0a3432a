/**
 * `npm run test:postgres [files]`: the tests of the whole application with PostgreSQL as their ledger, each data folder with a
 * database of its own.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startTestPostgres } from '../server/store/ledger/testing/postgres.ts';

const given = process.argv.slice(2);
const postgres = await startTestPostgres();
try {
  const files = given.length > 0 ? given : ['server', 'test'];
  const server = new URL(await postgres.createDatabase());
  const run = spawn('vitest', ['run', ...files], {
    stdio: 'inherit',
    env: { ...process.env, TILTMETER_TEST_LEDGER: server.href },
  });
  const [code] = await once(run, 'exit');
  process.exitCode = code ?? 1;
} finally {
  await postgres.stop();
}
