import dns from 'node:dns/promises';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { startTestApp, type TestApp } from '../../../test/app.ts';
import { placesOf } from '../../../test/stored-text.ts';
import { CONTEXT, message, receiver } from './channel.testing.ts';
import { CHANNELS } from './index.ts';

const SECRET = 'zqsecretzqsecretzqsecretzqsecr9K';

/** Options of each kind that reach this address. */
const OPTIONS: Readonly<Record<string, (address: string) => Record<string, string | number>>> = {
  webhook: (address) => ({ address: `${address}/${SECRET}`, secret: SECRET }),
  email: (address) => ({
    ...{ host: new URL(address).hostname.replace(/^\[|\]$/g, ''), port: Number(new URL(address).port) || 25 },
    ...{ encryption: 'none', user: 'tilt', password: SECRET },
    ...{ from: 'tiltmeter@example.org', to: 'a@example.org' },
  }),
  slack: (address) => ({ address: `${address}/${SECRET}` }),
  teams: (address) => ({ address: `${address}/${SECRET}` }),
  discord: (address) => ({ address: `${address}/${SECRET}` }),
  pagerduty: (address) => ({ routing_key: SECRET, address }),
  opsgenie: (address) => ({ api_key: SECRET, address }),
  alertmanager: (address) => ({ address, authorization: `Bearer ${SECRET}` }),
};
const EACH = Object.values(CHANNELS).map((kind) => [kind.id, kind, OPTIONS[kind.id]!] as const);

const PRIVATE = ['http://127.0.0.1:1', 'http://[::1]:1', 'http://169.254.169.254', 'http://localhost:1'];
const HIDDEN = ['http://2130706433', 'http://0x7f.1', 'http://017700000001', 'http://[::ffff:7f00:1]'];

const logged: string[] = [];
const note = (fields: object, said: string) => void logged.push(said + JSON.stringify(fields));
let strict: TestApp;
let open: TestApp;
beforeAll(async () => {
  strict = await startTestApp();
  const log = { debug: note, info: note, warn: note, error: note };
  open = await startTestApp({ allowPrivateAddresses: true, log });
});
afterAll(() => Promise.all([strict.stop(), open.stop()]));

const create = ({ json }: TestApp, kind: string, options: object, name = `${kind} ${Math.random()}`) =>
  json('POST', '/api/v1/channels', { name, kind, options });

test('each kind is tried', () => {
  expect(Object.keys(OPTIONS).sort()).toEqual(Object.keys(CHANNELS).sort());
});

describe.each(EACH)('%s', (id, kind, options) => {
  test('reaches no private address, however it is written, when it is made and when it delivers', async () => {
    for (const address of [...PRIVATE, ...HIDDEN]) {
      const made = await create(strict, id, options(address));
      expect([address, made.status, made.body.error?.code]).toEqual([address, 422, 'private_address']);
      const given = kind.options.parse(options(address));
      const delivery = kind.deliver({ ...CONTEXT, allowPrivateAddresses: false }, given, message('opened'));
      await expect(delivery, address).rejects.toMatchObject({
        retry: false,
        message: expect.stringMatching(/^private_address: /),
      });
    }
  });

  test('takes no option with a line break, and no host that is none', async () => {
    const { properties } = z.toJSONSchema(kind.options as z.ZodType, { io: 'input' });
    const texts = Object.entries(properties!).filter(([, each]) => !(each as { enum?: unknown }).enum);
    for (const [name, schema] of texts) {
      if ((schema as { type?: string }).type !== 'string') continue;
      const usual = options('http://192.0.2.1');
      for (const odd of ['\r\nBcc: x@evil.example', '\n', '\u007f', 'a b\u2028c']) {
        const { body } = await create(open, id, { ...usual, [name]: `${usual[name] ?? ''}${odd}` });
        expect([name, odd, body.error?.code]).toEqual([name, odd, 'invalid_request']);
      }
    }
    for (const odd of ['a b', '%', 'x:1', 'u@127.0.0.1', '[::1', '']) {
      const usual = options('http://192.0.2.1');
      const wrong = 'host' in usual ? { ...usual, host: odd } : { ...usual, address: `http://${odd} :` };
      expect([odd, (await create(strict, id, wrong)).body.error?.code]).toEqual([odd, 'invalid_request']);
    }
  });

  test('keeps its secrets: not shown, not logged, not in the audit log, sealed in the ledger, also when it fails', async () => {
    const { body: made } = await create(open, id, options('http://127.0.0.1:1'));
    expect(made.id).toBeDefined();
    const { body: sent } = await open.json('POST', `/api/v1/channels/${made.id}/test`);
    expect(sent.last_error).toEqual(expect.any(String));
    const said = [made, sent];
    for (const path of ['channels', `channels/${made.id}/deliveries`, 'audit', 'channel-kinds'])
      said.push((await open.json('GET', `/api/v1/${path}`)).body);
    expect(JSON.stringify(said) + logged.join('')).not.toContain(SECRET.slice(0, 20));
    expect(await placesOf(SECRET, open)).toEqual([]);
    expect(made.address).not.toContain(SECRET.slice(0, -4));
  });
});

const BY_HTTP = EACH.filter(([id]) => id !== 'email');

test.each(BY_HTTP)('%s follows no redirect', async (_id, kind, options) => {
  const inside = await receiver();
  for (const status of [301, 302, 303, 307, 308]) {
    const server = createServer((_request, reply) =>
      reply.writeHead(status, { location: inside.address }).end(),
    ).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const delivery = kind.deliver(CONTEXT, kind.options.parse(options(address)), message('opened'));
    await expect(delivery).rejects.toMatchObject({
      retry: false,
      message: `the receiver answered ${status}`,
    });
    server.close();
  }
  expect(inside.received).toEqual([]);
});

test.each(BY_HTTP)(
  '%s reaches nobody by a name that is public when it is looked at and private when it is called',
  async (_id, kind, options) => {
    const inside = await receiver();
    const { port } = new URL(inside.address);
    const { lookup } = dns;
    const answers = ['8.8.8.8', '127.0.0.1'];
    const turning = async () => [{ address: answers.shift() ?? '127.0.0.1', family: 4 }];
    dns.lookup = turning as never;
    syncBuiltinESMExports();
    try {
      const given = kind.options.parse(options(`http://rebound.example:${port}`));
      const delivery = kind.deliver({ ...CONTEXT, allowPrivateAddresses: false }, given, message('opened'));
      await expect(delivery).rejects.toMatchObject({
        retry: false,
        message: expect.stringMatching(/^private_address: /),
      });
    } finally {
      dns.lookup = lookup;
      syncBuiltinESMExports();
    }
    expect([answers, inside.received]).toEqual([[], []]);
  },
);

/** A certificate of 2015 to 2025. */
async function expired(): Promise<{ key: string; cert: string }> {
  const module = await import('../../../node_modules/smtp-server/dist/esm/tls-options.js');
  return module.default();
}

test.each(EACH)('%s speaks to nobody whose certificate has expired', async (id, kind, options) => {
  const { key, cert } = await expired();
  let heard = 0;
  const server =
    id === 'email'
      ? new SMTPServer({ key, cert, secure: true, authOptional: true, onData: () => heard++ })
      : createTlsServer({ key, cert }, (_request, reply) => {
          heard++;
          reply.end();
        });
  server.on('error', () => {});
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const listening = 'server' in server ? server.server : server;
  const address = `https://localhost:${(listening.address() as AddressInfo).port}`;
  const given = { ...options(address), ...(id === 'email' && { encryption: 'tls' }) };
  const deliver = () => kind.deliver(CONTEXT, kind.options.parse(given), message('opened'));
  const usual = getCACertificates('default');
  setDefaultCACertificates([...usual, cert]);
  try {
    await expect(deliver()).rejects.toThrow(/EXPIRED|expired|ESOCKET/);
  } finally {
    setDefaultCACertificates(usual);
  }
  expect(heard).toBe(0);
});

/** What senders may call a feature, and editors a model. */
const ODD =
  '[click](https://evil.example) <!channel> @everyone @here <https://evil.example|x> a\u202eb https://evil.example/in WWW.evil.example //evil.example sale.example/now a@evil.example';

test.each(EACH)(
  'what senders call things is no markup, mention or header by %s',
  async (id, kind, options) => {
    const sentence = `${ODD} is missing in 40 % of the rows.`;
    const cause = { kind: 'missing_values', column: ODD, confidence: 0.9, sentence, evidence: [] };
    const change = {
      title: `Missing values in ${ODD}`,
      model_names: [`m\r\nBcc: x@evil.example\r\n\r\n${ODD}`],
    };
    const told = message('opened', { ...change, causes: [cause as never] });
    const said = id === 'email' ? await mailOf(told) : await bodyOf(told);
    // Whoever takes the message apart has what it is called; what is read as text has it harmless.
    if (id === 'webhook') return expect(JSON.parse(said).incident.title).toContain(ODD);
    expect(said).not.toMatch(
      /\]\(http|<!|@everyone|@here|\/\/evil|www\.evil|evil\.example|sale\.example|\u202e/i,
    );

    async function bodyOf(sent: typeof told): Promise<string> {
      const { address, received } = await receiver(204);
      await kind.deliver(CONTEXT, kind.options.parse(options(address)), sent);
      return JSON.stringify(received[0]!.body);
    }
    async function mailOf(sent: typeof told): Promise<string> {
      let mail = '';
      const to: string[] = [];
      const server = new SMTPServer({
        disabledCommands: ['STARTTLS'],
        authOptional: true,
        allowInsecureAuth: true,
        onAuth: (_auth, _session, done) => done(null, { user: 'tilt' }),
        onRcptTo: (address, _session, done) => done(void to.push(address.address) as undefined),
        onData(stream, _session, done) {
          stream.setEncoding('utf8').on('data', (part) => (mail += part));
          stream.on('end', done);
        },
      });
      onTestFinished(() => void server.close());
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
      await kind.deliver(CONTEXT, kind.options.parse(options(address)), sent);
      const [headers = '', ...text] = mail.split('\r\n\r\n');
      expect(to).toEqual(['a@example.org']);
      expect(headers).not.toMatch(/^bcc:/im);
      return Buffer.from(text.join(''), 'base64').toString() + text.join('');
    }
  },
);
