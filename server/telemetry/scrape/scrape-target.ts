import { counted } from '../../../contract/counted.ts';
import { ERRORS, TiltmeterError } from '../../../contract/errors.ts';
import type { ScrapeState } from '../../../contract/scrape.ts';
import { actingAs, type Ctx, SYSTEM } from '../../context.ts';
import { countSamples } from '../exposition/read-exposition.ts';
import type { RemoteWriteIntake } from '../remote-write/intake.ts';
import type { TelemetryTally } from '../tally.ts';
import { fetchPage } from './fetch-page.ts';
import type { Room } from './room.ts';
import { endedRequest, type Page, type Scraped, type Seen, scrapedRequest } from './scraped-request.ts';
import type { Target } from './target.ts';

/** What became of a scrape. */
export interface Outcome {
  /** Epoch milliseconds at which it began. */
  readonly at: number;
  readonly durationMs: number;
  readonly state: Exclude<ScrapeState, 'new'>;
  readonly samples: number;
  /** Of them, how many were not stored. */
  readonly refused: number;
  readonly failure: TiltmeterError | undefined;
  readonly seen: Seen;
}

export interface ScrapeNeeds {
  readonly intake: Pick<RemoteWriteIntake, 'take'>;
  readonly allowPrivateAddresses: boolean;
  readonly gone: AbortSignal;
  readonly room: Room;
}

/**
 * Asks a target for its page and stores what is good of it with `up` and the like, which are stored of a failed scrape as well. Resolves once that is stored with
 * fsync; never rejects.
 */
export async function scrapeTarget(
  ctx: Ctx,
  target: Target,
  seen: Seen,
  needs: ScrapeNeeds,
): Promise<Outcome> {
  const at = ctx.clock();
  const began = ctx.monotonic();
  let page: Page | undefined;
  let failure: TiltmeterError | undefined;
  let samples = 0;
  try {
    page = await fetchPage(target, needs);
    samples = countSamples(page.body);
    const { sample_limit: most } = target.job;
    if (samples > most)
      throw new TiltmeterError(
        'scrape_too_many_samples',
        `it tells ${samples} samples; it may tell ${most} (sample_limit), so none was taken`,
      );
  } catch (error) {
    page = undefined;
    if (!(error instanceof TiltmeterError)) throw error;
    failure = error;
  }
  const durationMs = ctx.monotonic() - began;
  const scraped: Scraped = { up: false, samples, seen };
  const scrape = { target, at, seconds: durationMs / 1000, page, seen };
  try {
    const tally = await needs.intake.take(acting(ctx, target), scrapedRequest(scrape, scraped), needs.gone);
    const [first] = tally.refused;
    if (failure === undefined && first !== undefined)
      failure = scraped.up
        ? new TiltmeterError(first[0], notStored(tally))
        : new TiltmeterError('scrape_not_metrics', `none of its lines is a sample: ${first[1].message}`);
    const state = !scraped.up ? 'down' : failure === undefined ? 'up' : 'partial';
    const known = { at, durationMs, state, failure, seen: scraped.seen } as const;
    return { ...known, samples: scraped.samples, refused: tally.rejected };
  } catch (error) {
    failure = unstored(ctx, target, error);
    return { at, durationMs, state: 'down', samples, refused: samples, failure, seen };
  }
}

/** Stores that nothing is told of a target any more. Never rejects: what is lost is said by nobody, as after a crash. */
export async function endTarget(
  ctx: Ctx,
  target: Target,
  seen: Seen,
  { intake, gone }: Pick<ScrapeNeeds, 'intake' | 'gone'>,
): Promise<void> {
  try {
    await intake.take(acting(ctx, target), endedRequest(target, seen, ctx.clock()), gone);
  } catch (err) {
    ctx.log.warn({ err, job: target.job.job_name }, 'the end of the series of a target was not stored');
  }
}

/** Each target has series of its own, as a sender has. */
export const acting = (ctx: Ctx, { id, job }: Target): Ctx =>
  actingAs(ctx, { ...SYSTEM, id: `scrape/${id}`, name: `scrape of ${job.job_name}` });

/** How many samples of a page were not stored, by what they have in common. */
const notStored = ({ refused }: TelemetryTally): string =>
  [...refused.values()]
    .map(({ count, message }) => `${counted(count, 'sample')} not stored: ${message}`)
    .join('; ');

/** What is told of a target when what it told could not be stored. */
export function unstored(ctx: Ctx, { job }: Target, error: unknown): TiltmeterError {
  const lost = error instanceof TiltmeterError ? error : undefined;
  if (lost === undefined) ctx.log.error({ err: error, job: job.job_name }, 'a scrape failed');
  return new TiltmeterError(
    lost?.code ?? 'internal',
    `what it told could not be stored: ${lost?.message ?? ERRORS.internal.title}`,
  );
}
