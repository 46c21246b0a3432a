import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../../test/until.ts';
import { startScraping } from './scrape.testing.ts';

const HOUR = 3_600_000;
let now = Date.UTC(2026, 2, 20, 0, 30);
let world: Awaited<ReturnType<typeof startScraping>>;
beforeAll(async () => {
  world = await startScraping({ clock: () => now });
});
afterAll(() => world.stop());

test('a certificate: until when it is good, and one that is not accepted', async () => {
  const { folder, file, targetOf, lastOf } = world;
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = ['-nodes', '-days', '30', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-keyout', key, '-out', cert, ...made], {
    stdio: 'ignore',
  });
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) =>
    response.end('well'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const targets = [`https://localhost:${(server.address() as AddressInfo).port}/`];
    const probe = (job_name: string, more = {}) => ({
      ...{ job_name, scrape_interval: '1s', static_configs: [{ targets }] },
      ...more,
    });
    const probe_configs = [probe('known', { tls_config: { ca_file: 'cert.pem' } }), probe('strange')];
    await writeFile(file, JSON.stringify({ probe_configs }));
    await targetOf('known', ({ state }) => state === 'up');
    const strange = await targetOf('strange', ({ state }) => state !== 'new');
    expect(strange.error).toMatchObject({
      code: 'scrape_unreachable',
      message: 'its certificate is signed by itself (DEPTH_ZERO_SELF_SIGNED_CERT)',
    });
    const until = execFileSync('openssl', ['x509', '-enddate', '-noout', '-in', cert]).toString();
    const [told] = await lastOf('known', 'probe_ssl_earliest_cert_expiry');
    expect(Number(told!.last)).toBe(Date.parse(until.replace('notAfter=', '')) / 1000);
    expect(await lastOf('strange', 'probe_ssl_earliest_cert_expiry')).toEqual([]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('a model whose endpoint is probed has a monitor of it by itself, which fires when it does not answer', async () => {
  const { tilt, file, pages, address, targetOf } = world;
  const { app, json } = tilt;
  pages.set('/health', (_, response) => void response.end('well'));
  const labels = { tiltmeter_model: 'churn' };
  const static_configs = [{ targets: [`http://${address}/health`], labels }];
  await writeFile(
    file,
    JSON.stringify({ probe_configs: [{ job_name: 'health', scrape_interval: '1s', static_configs }] }),
  );
  let id = 0;
  const hour = async (state: 'up' | 'down') => {
    const before = now;
    await targetOf('health', ({ state: is, last }) => is === state && Date.parse(last!.at) === before);
    await json('POST', '/api/v1/predictions', { model: 'churn', id: `p${id++}`, prediction: 1 });
    now += HOUR;
    await app.runJob('models');
  };
  for (let i = 0; i < 4; i++) await hour('up');
  const monitors = async () => (await json('GET', '/api/v1/monitors?model=churn')).body.items;
  const own = (await monitors()).find(
    ({ kind, options }: { kind: string; options: { metric?: string } }) =>
      kind === 'served_requests' && options.metric === 'reachable',
  );
  expect(own).toBeDefined();
  pages.delete('/health');
  for (let i = 0; i < 6; i++) await hour('down');
  await until(async () => {
    now += 60_000;
    await app.runJob('models');
    const { items } = (await json('GET', '/api/v1/alerts?model=churn')).body;
    return items.some(
      ({ monitor, state }: { monitor: string; state: string }) => monitor === own.id && state === 'firing',
    );
  });
  const { series } = (await json('GET', `/api/v1/models/churn/telemetry?to=${new Date(now).toISOString()}`))
    .body;
  const ids = series.map(({ id }: { id: string }) => id);
  expect(ids).toEqual(expect.arrayContaining(['reachable', 'probe_latency']));
}, 120_000);
