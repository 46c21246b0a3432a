import { counted } from '../../../contract/counted.ts';
import type { Overdue } from '../../digests/overdue.ts';
import type { ArrivalKind } from '../../events/arrivals.ts';
import type { PricesBehind } from '../../incidents/loss/prices-behind.ts';
import type { Outage } from '../../jobs/outages.ts';
import type { ErasureRow, RemovalRow } from '../../store/ledger/schema.ts';
import type { SilentJob } from '../../telemetry/scrape/silent-jobs.ts';
import { brief, lasting } from './durations.ts';
import { happened } from './happened.ts';
import { PATIENCE, TROUBLES, type Trouble, type TroubleKind } from './trouble.ts';

/** What is known of one model's way through the stages. Stamps and moments are epoch milliseconds. */
export interface ModelFacts {
  readonly model: string;
  /** What people call it. */
  readonly name: string;
  /** Of what there may be more than its profiles count. */
  readonly waits: readonly ArrivalKind[];
  /** Labels that have come since are gathered, to be counted together when it is time; null where none are. */
  readonly gatheringSince: number | null;
  /** Moves with everything that comes into its profiles. */
  readonly countedTo: string;
  readonly rollUpFailure: string | null;
  /** When those of its many versions that have profiles of their own were last chosen; null while all have. */
  readonly foldedAt: number | null;
  /** Wall clock of the last roll-up, and of the last judging, that went well; null before the first. */
  readonly rolledUpAt: number | null;
  readonly judgedAt: number | null;
  /** Wall clock from which on a bucket waits to be judged, or to be judged again; null while none does. */
  readonly dueSince: number | null;
  /** Moves with everything that is judged. */
  readonly judged: string;
  readonly judgingFailure: string | null;
}

export interface ChannelFacts {
  readonly id: string;
  readonly name: string;
  /** When the oldest message that still waits was put down; null when none waits. */
  readonly waitingSince: number | null;
  readonly waiting: number;
  readonly lastError: string | null;
}

export interface Facts {
  readonly models: readonly ModelFacts[];
  readonly channels: readonly ChannelFacts[];
  /** Digests that were due and are not sent yet. */
  readonly digests: readonly Overdue[];
  /** Events of the last minutes, by what became of them. */
  readonly ingest: { readonly received: number; readonly rejected: number };
  /** Tables of the lake that were gone and were made again, empty, and when. */
  readonly remade: readonly { readonly table: string; readonly at: number }[];
  /** What people removed and what is not gone yet. */
  readonly removals: readonly Pick<RemovalRow, 'id' | 'kind' | 'model' | 'target' | 'requested_at'>[];
  /** What people asked to erase and what is not gone yet. */
  readonly erasures: readonly Pick<ErasureRow, 'id' | 'model' | 'requested_at'>[];
  /** Models with features that were left out, and when the last was. */
  readonly surplus: readonly { readonly model: string; readonly sentence: string; readonly at: number }[];
  /** When no server was awake, lately. */
  readonly outages: readonly Outage[];
  /** By how many milliseconds the clock of this server is behind what arrived, by the clock it had then or by that of another server. */
  readonly clockBehind: number;
  /** Since when the Prometheus that metrics are read from does not answer, and why; null: it does, or there is none. */
  readonly prometheus: { readonly since: number; readonly why: string } | null;
  /** Jobs of scraping of which something does not answer that no model's monitors tell of, or whose targets are not found. */
  readonly scraping: readonly SilentJob[];
  /** Incidents of which it was not looked what they cost when that was due, and since when. */
  readonly prices: PricesBehind;
  readonly disk: { readonly free: number; readonly total: number; readonly fullInDays: number | null };
}

/** Something that is not done yet: trouble once it lasts. `progress` tells whether anything moved meanwhile. */
export interface Concern extends Omit<Trouble, 'hint'> {
  readonly progress: string;
}

/**
 * What is waiting now, with since when it has waited without any progress: carried over from `before` where nothing moved.
 * Pure. It is trouble when it has lasted longer than PATIENCE of its kind. `awakeSince`: a machine that slept, or a clock that
 * jumped, has not waited.
 */
export function assess(
  facts: Facts,
  before: ReadonlyMap<string, Concern>,
  { now, awakeSince }: { readonly now: number; readonly awakeSince: number },
): Concern[] {
  const concern = (
    kind: TroubleKind,
    scope: { readonly model?: string; readonly channel?: string; readonly id?: string },
    progress: string,
    sentence: (minutes: string) => string,
    from: number = now,
  ): Concern => {
    const key = [kind, scope.model ?? scope.id ?? ''].join('/');
    const last = before.get(key);
    const since = Math.max(awakeSince, last?.progress === progress ? Math.min(last.since, from) : from);
    return {
      key,
      kind,
      model: scope.model ?? null,
      channel: scope.channel ?? null,
      since,
      progress,
      sentence: sentence(lasting(now - since)),
    };
  };
  return [
    ...facts.models.flatMap((model) => ofModel(model, now, concern)),
    ...facts.channels
      .filter(({ waitingSince }) => waitingSince !== null)
      .map(({ id, name, waiting, waitingSince, lastError }) =>
        concern(
          'delivery',
          { id, channel: name },
          // A channel that delivers, however slowly, moves the oldest that waits.
          String(waitingSince),
          (time) =>
            `Tiltmeter has not reached the channel ${name} for ${time}: ${counted(waiting, 'message')} wait${waiting === 1 ? 's' : ''}${because(lastError)}`,
          waitingSince!,
        ),
      ),
    ...facts.digests.map(({ channel: id, name, every, due }) =>
      concern(
        'digest',
        { id: `${id}/${every}`, channel: name },
        String(due),
        (time) => `Tiltmeter has not sent the ${every} digest of ${name}, which was due ${time} ago`,
        due,
      ),
    ),
    ...ofServer(facts, concern),
    ...ofRemovals(facts, concern),
    ...facts.scraping.map((job) => ofJob(job, concern)),
    ...happened(facts, before, now, concern),
  ];
}

/** Makes a concern of a kind; `sentence` is given how long it has lasted, `from` is when it began where that is known. */
export type Make = (
  kind: TroubleKind,
  scope: { readonly model?: string; readonly channel?: string; readonly id?: string },
  progress: string,
  sentence: (time: string) => string,
  from?: number,
) => Concern;

function ofModel(facts: ModelFacts, now: number, concern: Make): Concern[] {
  const { model, name, waits, countedTo, rollUpFailure, dueSince, judgingFailure } = facts;
  const concerns: Concern[] = [];
  if (waits.length > 0)
    concerns.push(
      concern(
        'roll_up',
        { model },
        countedTo,
        (time) => `Tiltmeter has not ${undone(waits)} ${name} for ${time}${because(rollUpFailure)}`,
      ),
    );
  else if (rollUpFailure !== null)
    concerns.push(
      concern(
        'roll_up',
        { model },
        rollUpFailure,
        (time) => `Tiltmeter has not rolled up a part of ${name} for ${time}${because(rollUpFailure)}`,
      ),
    );
  if (judgingFailure !== null || (dueSince !== null && dueSince <= now))
    concerns.push(
      concern(
        'judging',
        { model },
        facts.judged,
        (time) => `Tiltmeter has not judged ${name} for ${time}${because(judgingFailure)}`,
        dueSince !== null && dueSince <= now ? dueSince : now,
      ),
    );
  return concerns;
}

/** What was not done with what waits: "rolled up", or of what comes beside predictions "counted the labels and outcomes of". */
const undone = (waits: readonly ArrivalKind[]): string =>
  waits.includes('predictions') ? 'rolled up' : `counted the ${waits.join(' and ')} of`;

/** More than half of at least so many events refused. */
const MANY = 100;
/** Less than this share of the disk, or of days until it is full. */
const LEAST_FREE = 0.05;
const LEAST_DAYS = 3;

/** Clocks that are set by the network differ by less, in milliseconds. */
const CLOCK_BEHIND_MS = 10_000;

function ofServer({ ingest, disk, clockBehind, prometheus, prices }: Facts, concern: Make): Concern[] {
  const concerns: Concern[] = [];
  if (prices.since !== null)
    concerns.push(
      concern(
        'prices',
        {},
        String(prices.since),
        (time) => `Tiltmeter is ${time} behind with the cost of ${counted(prices.waiting, 'incident')}`,
        prices.since,
      ),
    );
  if (prometheus !== null)
    concerns.push(
      concern(
        'prometheus',
        {},
        '',
        (time) => `Prometheus could not be read for ${time}: ${prometheus.why}`,
        prometheus.since,
      ),
    );
  if (ingest.received >= MANY && ingest.rejected > ingest.received / 2) {
    const share = Math.round((100 * ingest.rejected) / ingest.received);
    concerns.push(
      concern('rejects', {}, '', (time) => `${share} % of all events have been refused for ${time}`),
    );
  }
  const { free, total, fullInDays } = disk;
  if (total > 0 && (free < LEAST_FREE * total || (fullInDays !== null && fullInDays < LEAST_DAYS))) {
    const soon = fullInDays === null ? '' : `, full in ${counted(fullInDays, 'day')} at this pace`;
    const gigabytes = (free / 1e9).toPrecision(3);
    concerns.push(concern('disk', {}, '', () => `The disk of the lake has ${gigabytes} GB left${soon}`));
  }
  if (clockBehind >= CLOCK_BEHIND_MS)
    concerns.push(
      concern(
        'clock',
        {},
        '',
        () =>
          `The clock of a server is ${brief(clockBehind)} behind what arrived before: it was set back, or that of another server is ahead`,
      ),
    );
  return concerns;
}

/** A job is told once, however many of its targets are silent. */
function ofJob({ job, silent, targets, since, why }: SilentJob, concern: Make): Concern {
  const what =
    silent === 0
      ? `Where targets of the job ${job} are found has been wrong for`
      : `${silent} of ${counted(targets, 'target')} of the job ${job} ${silent === 1 ? 'has' : 'have'} not answered for`;
  return concern('scraping', { id: job }, '', (time) => `${what} ${time}: ${why}`, since ?? undefined);
}

/** By its own id, not by its model: what is told of a model goes with it. */
function ofRemovals({ removals, erasures }: Facts, concern: Make): Concern[] {
  const erased = erasures.map(({ id, model, requested_at }) =>
    concern(
      'removal',
      { id },
      '',
      (time) => `Tiltmeter has not erased what people asked to erase of ${model} for ${time}`,
      requested_at,
    ),
  );
  const removed = removals.map(({ id, kind, model, target, requested_at }) => {
    const what = {
      model: `removed ${model}`,
      merge: `moved what was sent to ${model} into ${target}`,
      column: `removed the column ${target} of ${model}`,
    }[kind];
    return concern('removal', { id }, '', (time) => `Tiltmeter has not ${what} for ${time}`, requested_at);
  });
  return [...removed, ...erased];
}

/** Those that have lasted long enough to be told, the most urgent first, then the oldest. */
export function troublesOf(concerns: readonly Concern[], now: number): Trouble[] {
  return concerns
    .filter(({ kind, since }) => now - since >= PATIENCE[kind])
    .map(({ progress: _progress, ...concern }) => ({ ...concern, hint: TROUBLES[concern.kind].hint }))
    .sort((a, b) => TROUBLES[a.kind].priority.localeCompare(TROUBLES[b.kind].priority) || a.since - b.since);
}

const because = (failure: string | null) => (failure === null ? '' : `: ${failure}`);
