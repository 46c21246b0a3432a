import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { isPublic } from '../../public-address.ts';
import { digestMail } from '../wire/digest-mail.ts';
import { causesOf, lossesOf, runbooksOf, type Told, told } from '../wire/told.ts';
import { type ChannelKind, type DeliveryContext, DeliveryError } from './channel.ts';

const Options = z
  .object({
    host: z.string().max(253).refine(isHost, 'must be the name or address of a host').describe('SMTP server'),
    port: z.int().min(1).max(65_535).default(587).describe('Port'),
    encryption: z.enum(['starttls', 'tls', 'none']).default('starttls').describe('Encryption'),
    user: z.string().max(256).optional().describe('User, if it asks for one'),
    password: z.string().max(1024).optional().describe('Password'),
    from: z.email().max(320).describe('From'),
    to: z
      .string()
      .max(2048)
      .refine(everyAddress, 'must be addresses, separated by commas')
      .describe('To, separated by commas'),
  })
  .strict();
type Options = z.infer<typeof Options>;

function isHost(host: string): boolean {
  return isIP(host) !== 0 || /^[\w-]+(\.[\w-]+)*\.?$/.test(host);
}

function everyAddress(list: string): boolean {
  return (
    addresses(list).length > 0 && addresses(list).every((address) => z.email().safeParse(address).success)
  );
}

function addresses(list: string): string[] {
  return list.split(',').map((address) => address.trim());
}

/** E-mail over SMTP. The messages of one incident are one thread in the reader's mailbox. */
export const email: ChannelKind<Options> = {
  id: 'email',
  title: 'E-mail',
  options: Options,
  secrets: ['password'],
  tellsReports: true,
  address: ({ to, host }) => `${to} by ${host}`,
  reaches: ({ host, port }) => `smtp://${isIP(host) === 6 ? `[${host}]` : host}:${port}`,
  async deliver(context, options, message) {
    const transport = createTransport({
      // The address that was checked is the one that is connected to; its certificate is asked for by name.
      host: await hostOf(context, options.host),
      port: options.port,
      secure: options.encryption === 'tls',
      requireTLS: options.encryption === 'starttls',
      ignoreTLS: options.encryption === 'none',
      tls: isIP(options.host) ? {} : { servername: options.host },
      ...(options.user ? { auth: { user: options.user, pass: options.password ?? '' } } : {}),
      connectionTimeout: context.timeoutMs,
      greetingTimeout: context.timeoutMs,
      socketTimeout: context.timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      await transport.sendMail(mailOf(told(message), options, message.idempotencyKey));
    } catch (error) {
      throw refusal(error as SmtpError);
    } finally {
      transport.close();
    }
  },
};

function mailOf(said: Told, { from, to }: Options, key: string): object {
  const domain = from.slice(from.indexOf('@') + 1);
  const thread = said.incident === undefined ? undefined : `<tiltmeter-${said.incident.id}@${domain}>`;
  return {
    from: { name: 'Tiltmeter', address: from },
    to: addresses(to),
    subject: said.text,
    ...(said.digest === undefined ? textOf(said) : digestMail(said.digest, said.root ?? '', said.url)),
    messageId: `<${key}@${domain}>`,
    ...(thread ? { inReplyTo: thread, references: thread } : {}),
    headers: { 'auto-submitted': 'auto-generated' },
  };
}

function textOf(said: Told): { text: string } {
  const lines = [
    said.text,
    '',
    ...causesOf(said),
    ...lossesOf(said),
    '',
    ...runbooksOf(said),
    '',
    said.url ?? '',
  ];
  return {
    text: `${lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()}\n`,
  };
}

async function hostOf({ allowPrivateAddresses }: DeliveryContext, host: string): Promise<string> {
  if (allowPrivateAddresses) return host;
  const found = isIP(host)
    ? [{ address: host }]
    : await lookup(host, { all: true }).catch((error: NodeJS.ErrnoException) => {
        throw new DeliveryError(error.code ?? error.message, true);
      });
  if (!found.every(({ address }) => isPublic(address)))
    throw new DeliveryError(`private_address: ${host} points into a private network`, false);
  return found[0]!.address;
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
}

/** 5xx is for good, 4xx "later" (RFC 5321, 4.2.1); what a server says may quote an address, so its number is told alone. */
function refusal({ code, responseCode, message }: SmtpError): DeliveryError {
  if (responseCode !== undefined)
    return new DeliveryError(
      `the mail server answered ${responseCode}${code ? ` (${code})` : ''}`,
      responseCode < 500,
    );
  return new DeliveryError(code ?? message, true);
}
