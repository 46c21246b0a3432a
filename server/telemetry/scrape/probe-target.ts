import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { Ctx } from '../../context.ts';
import { getFrom } from '../../outgoing.ts';
import type { SentSeries } from '../remote-write/sent-series.ts';
import { credentialsOf } from './credentials.ts';
import { failureOf } from './failure.ts';
import { acting, type Outcome, type ScrapeNeeds, unstored } from './scrape-target.ts';
import type { Seen } from './scraped-request.ts';
import { ReportSeries } from './scraped-series.ts';
import type { ProbeTarget } from './target.ts';

/** What is looked at of an answer. */
const BODY_BYTES = 1024 ** 2;

/** What a probe found; the names are those of Prometheus's blackbox exporter. */
interface Probed {
  /** 0 where nobody answered. */
  readonly status: number;
  /** Epoch seconds at which the certificate expires; undefined without TLS. */
  readonly expires: number | undefined;
}

const NOBODY: Probed = { status: 0, expires: undefined };

/**
 * Asks an address for an answer, as its users do, and stores whether it came as expected, how long it took, its status, and until when its certificate is
 * good. Resolves once that is stored with fsync; never rejects.
 */
export async function probeTarget(
  ctx: Ctx,
  target: ProbeTarget,
  seen: Seen,
  needs: ScrapeNeeds,
): Promise<Outcome> {
  const at = ctx.clock();
  const began = ctx.monotonic();
  const { failure, probed } = await tried(target, needs);
  const durationMs = ctx.monotonic() - began;
  const told: readonly (readonly [string, number | undefined])[] = [
    ['probe_success', failure === undefined ? 1 : 0],
    ['probe_duration_seconds', durationMs / 1000],
    ['probe_http_status_code', probed.status],
    ['probe_ssl_earliest_cert_expiry', probed.expires],
  ];
  const series = told.flatMap(([name, value]): SentSeries[] =>
    value === undefined ? [] : [new ReportSeries(target, name, value, at)],
  );
  const known = { at, durationMs, samples: series.length, seen } as const;
  try {
    const tally = await needs.intake.take(acting(ctx, target), { series, metadata: [] }, needs.gone);
    return { ...known, state: failure === undefined ? 'up' : 'down', refused: tally.rejected, failure };
  } catch (error) {
    return { ...known, state: 'down', refused: series.length, failure: unstored(ctx, target, error) };
  }
}

async function tried(
  target: ProbeTarget,
  { gone, ...needs }: ScrapeNeeds,
): Promise<{ failure: TiltmeterError | undefined; probed: Probed }> {
  const { timeoutMs } = target.job;
  const late = AbortSignal.timeout(timeoutMs);
  let probed = NOBODY;
  try {
    const response = await ask(target, { ...needs, gone: AbortSignal.any([late, gone]) });
    try {
      probed = { status: response.statusCode ?? 0, expires: expiryOf(response) };
      await requireExpected(target, response);
    } finally {
      response.destroy();
    }
    return { failure: undefined, probed };
  } catch (error) {
    const failure = late.aborted
      ? new TiltmeterError('scrape_timeout', `it did not answer whole within ${timeoutMs / 1000} s`)
      : failureOf(error);
    return { failure, probed };
  }
}

async function ask(
  { url, job }: ProbeTarget,
  { allowPrivateAddresses, gone }: Pick<ScrapeNeeds, 'allowPrivateAddresses' | 'gone'>,
): Promise<IncomingMessage> {
  const { headers, tls } = await credentialsOf(job);
  const { timeoutMs, probe } = job;
  return getFrom(url, headers, { method: probe.method, allowPrivateAddresses, gone, tls, timeoutMs });
}

/** Errors: probe_failed. */
async function requireExpected({ job: { probe } }: ProbeTarget, response: IncomingMessage): Promise<void> {
  const { statusCode: status = 0, statusMessage = '' } = response;
  const { statuses, contains } = probe;
  if (statuses.length === 0 ? status < 200 || status > 299 : !statuses.includes(status))
    throw new TiltmeterError(
      'probe_failed',
      `it answers ${status} ${statusMessage.slice(0, 80)}, not ${statuses.length === 0 ? '2xx' : statuses.join(', ')}`,
    );
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    bytes += part.length;
    if (bytes > BODY_BYTES) break;
  }
  if (contains !== undefined && !Buffer.concat(parts).includes(contains))
    throw new TiltmeterError('probe_failed', `its answer does not contain ${JSON.stringify(contains)}`);
}

/** Epoch seconds. */
function expiryOf({ socket }: IncomingMessage): number | undefined {
  const until = (socket as Partial<TLSSocket>).getPeerCertificate?.().valid_to;
  return until === undefined ? undefined : Date.parse(until) / 1000;
}
