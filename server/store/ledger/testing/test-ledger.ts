import pg from 'pg';

const databases = new Map<string, Promise<string>>();

/**
 * Where the ledger of a test's data folder is: with `TILTMETER_TEST_LEDGER=postgres://…` in the environment, a database of its
 * own on that server, the same one for as long as a test uses the folder (`npm run test:postgres`); without it in the folder.
 */
export async function testLedger(dataDir: string): Promise<string | undefined> {
  const server = process.env.TILTMETER_TEST_LEDGER;
  if (server === undefined) return undefined;
  const known = databases.get(dataDir) ?? createDatabase(server);
  databases.set(dataDir, known);
  return known;
}

async function createDatabase(server: string): Promise<string> {
  const client = new pg.Client(server);
  await client.connect();
  const name = `test_${process.pid}_${databases.size}`;
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
