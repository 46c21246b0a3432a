import { expect, test } from 'vitest';
import { ownServer } from './own-server.ts';

test('a drill never runs on the stores, or with the keys, of a server that the environment tells of', () => {
  const options = ownServer({
    TILTMETER_LEDGER_URL: 'postgres://prod/tiltmeter',
    TILTMETER_LAKE_URL: 'http://prod:8123',
    TILTMETER_ADMIN_KEY: 'k'.repeat(40),
    TILTMETER_SECRET_KEY: 's'.repeat(44),
    TILTMETER_HOST: '0.0.0.0',
  });
  expect(options).toMatchObject({ host: '127.0.0.1', port: 0 });
  expect([options.ledgerUrl, options.lakeUrl, options.adminKey, options.secretKey]).toEqual(
    Array(4).fill(undefined),
  );
});
