import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import { CONTEXT, digestMessage, message } from './channel.testing.ts';
import { email } from './email.ts';

/** A mail server that asks for a user and takes mail for one domain. */
async function mailServer(): Promise<{ port: number; mails: string[] }> {
  const mails: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === 'tilt' && password === 'secret' ? done(null, { user: 'tilt' }) : done(new Error('no')),
    onRcptTo: ({ address }, _session, done) =>
      done(
        address.endsWith('@example.org') ? null : Object.assign(new Error('unknown'), { responseCode: 550 }),
      ),
    onData(stream, _session, done) {
      let mail = '';
      stream.setEncoding('utf8').on('data', (part) => (mail += part));
      stream.on('end', () => {
        mails.push(mail);
        done();
      });
    },
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.server.address() as AddressInfo).port, mails };
}

const options = (port: number, change: object = {}) => ({
  host: '127.0.0.1',
  port,
  encryption: 'none' as const,
  user: 'tilt',
  password: 'secret',
  from: 'tiltmeter@example.org',
  to: 'a@example.org, b@example.org',
  ...change,
});

test('a mail to everyone, one thread an incident', async () => {
  const { port, mails } = await mailServer();
  await email.deliver(CONTEXT, options(port), message('opened'));
  await email.deliver(CONTEXT, options(port), message('resolved'));
  expect(mails).toHaveLength(2);
  expect(mails[0]).toContain('Subject: [P1] credit-risk: Missing values in income');
  expect(mails[0]).toContain('To: a@example.org, b@example.org');
  expect(mails[0]).toContain('https://tilt.example.org/incidents/i1');
  for (const mail of mails) expect(mail).toContain('References: <tiltmeter-i1@example.org>');
});

test('what the server refuses for good is final, and says no more than its number', async () => {
  const { port } = await mailServer();
  await expect(
    email.deliver(CONTEXT, options(port, { to: 'a@elsewhere.org' }), message('opened')),
  ).rejects.toMatchObject({ retry: false, message: 'the mail server answered 550 (EENVELOPE)' });
  await expect(
    email.deliver(CONTEXT, options(port, { password: 'wrong' }), message('opened')),
  ).rejects.toMatchObject({ retry: false });
});

test('nobody listens: worth another try; a private address is refused unless allowed', async () => {
  await expect(email.deliver(CONTEXT, options(1), message('opened'))).rejects.toMatchObject({ retry: true });
  const strict = { ...CONTEXT, allowPrivateAddresses: false };
  await expect(email.deliver(strict, options(1), message('opened'))).rejects.toMatchObject({
    retry: false,
    message: expect.stringMatching(/^private_address: /),
  });
});

test('encryption that the server does not have is not done without', async () => {
  const { port, mails } = await mailServer();
  const secure = options(port, { encryption: 'starttls' });
  await expect(email.deliver(CONTEXT, secure, message('opened'))).rejects.toThrow();
  expect(mails).toEqual([]);
});

test('a digest is plain text and one page that loads nothing; names are no markup', async () => {
  const { port, mails } = await mailServer();
  await email.deliver(CONTEXT, options(port), digestMessage());
  const plain = mails[0]!.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  expect(plain).toContain('Subject: Daily digest, late: 1 of 41 models to look at: 1 incident opened');
  expect(plain).toContain('Content-Type: multipart/alternative');
  expect(plain).not.toContain('References:');
  expect(plain).toContain('- [P1] Missing values in income (opened)');
  expect(plain).toContain(
    '<a href="https://tilt.example.org/incidents/i1">[P1] Missing values in income</a> (opened)',
  );
  expect(plain).toContain('&amp; *co*');
  expect(plain).not.toMatch(/<(script|img|link)/);
});
