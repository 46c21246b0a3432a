import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { TiltmeterError } from '../../../contract/errors.ts';
import { getFrom } from '../../outgoing.ts';
import type { ExpositionFormat } from '../exposition/read-exposition.ts';
import { credentialsOf } from './credentials.ts';
import { failureOf } from './failure.ts';
import type { Room } from './room.ts';
import type { Page } from './scraped-request.ts';
import type { Target } from './target.ts';

/** The formats that are read, in the order of Prometheus. */
const ACCEPT =
  'application/openmetrics-text;version=1.0.0;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=0.0.4;q=0.4,*/*;q=0.1';

export interface Fetching {
  readonly allowPrivateAddresses: boolean;
  /** Ends it before its time. */
  readonly gone: AbortSignal;
  /** For what is held of this page while it comes. */
  readonly room: Room;
}

/** The page of a target, whole. Errors: scrape_*, private_address. */
export async function fetchPage(target: Target, { gone, ...fetching }: Fetching): Promise<Page> {
  const { timeoutMs } = target.job;
  const late = AbortSignal.timeout(timeoutMs);
  try {
    return await pageOf(target, { ...fetching, gone: AbortSignal.any([late, gone]) });
  } catch (error) {
    // A page that breaks off for that says so in many ways.
    if (late.aborted)
      throw new TiltmeterError('scrape_timeout', `it did not answer whole within ${timeoutMs / 1000} s`);
    throw failureOf(error);
  }
}

async function pageOf({ url, job }: Target, { allowPrivateAddresses, gone, room }: Fetching): Promise<Page> {
  const { headers: own, tls } = await credentialsOf(job);
  const headers = {
    accept: ACCEPT,
    'accept-encoding': 'gzip',
    'x-prometheus-scrape-timeout-seconds': String(job.timeoutMs / 1000),
    ...own,
  };
  const { timeoutMs } = job;
  const response = await getFrom(url, headers, { allowPrivateAddresses, gone, tls, timeoutMs });
  try {
    requireOk(response);
    const format = formatOf(response.headers['content-type']);
    return { body: await bodyOf(response, job.body_size_limit, room), format };
  } finally {
    response.destroy();
  }
}

/** Errors: scrape_refused. */
function requireOk({ statusCode: status = 0, statusMessage, headers }: IncomingMessage): void {
  if (status === 200) return;
  const to = headers.location;
  const why =
    status >= 300 && status < 400 && to !== undefined
      ? `it answers ${status} and points to ${to.slice(0, 200)}; redirects are not followed`
      : `it answers ${status} ${statusMessage?.slice(0, 80) ?? ''}`.trim();
  throw new TiltmeterError('scrape_refused', why);
}

/** Errors: scrape_not_metrics. */
function formatOf(contentType = 'text/plain'): ExpositionFormat {
  const type = contentType.split(';')[0]!.trim().toLowerCase();
  if (type === 'application/openmetrics-text') return 'openmetrics';
  if (type === 'text/plain' || type === '') return 'text';
  throw new TiltmeterError(
    'scrape_not_metrics',
    `it answers with ${type.slice(0, 80)}, which is no page of metrics`,
  );
}

/** Everything that comes, unpacked, up to a number of bytes. Errors: scrape_too_large, scrape_not_metrics. */
async function bodyOf(response: IncomingMessage, most: number, room: Room): Promise<Buffer> {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity')
    throw new TiltmeterError(
      'scrape_not_metrics',
      `its content encoding is ${encoding.slice(0, 40)}, not gzip`,
    );
  const unpacked = encoding === 'gzip' ? unzipped(response) : response;
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of unpacked as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > most)
        throw new TiltmeterError(
          'scrape_too_large',
          `its page has more than ${most} bytes (body_size_limit)`,
        );
      room.take(part.length);
      parts.push(part);
    }
  } finally {
    unpacked.destroy();
  }
  return Buffer.concat(parts);
}

function unzipped(response: IncomingMessage): Readable {
  const gunzip = createGunzip();
  response.once('error', (error) => gunzip.destroy(error));
  response.once('aborted', () => gunzip.destroy(response.errored ?? new Error('the connection broke off')));
  return response.pipe(gunzip);
}
