import type { DigestLine } from '../../../contract/digest.ts';
import { givenUp } from '../../actions/outbox/given-up.ts';
import { type Lasting, lastingSilences } from '../../actions/silences/lasting.ts';
import type { Ctx } from '../../context.ts';
import { listJobs } from '../../heartbeats/watched-jobs.ts';
import type { ModelFacts } from './fleet-facts.ts';
import type { Range } from './incidents.ts';
import { count, moment, named, plural, span } from './words.ts';

/** Jobs, silences, channels and reasons that are named, of each. */
const MOST = 8;
/** A silence that began so long ago may have been forgotten. */
const LONG_MS = 7 * 86_400_000;

export interface SilentOf {
  readonly facts: readonly ModelFacts[];
  readonly range: Range;
  readonly zone: string;
  /** The digest is about the whole fleet, and so about what belongs to no model, too. */
  readonly everything: boolean;
}

/** What says nothing, and would not be missed by itself: models, monitors, jobs, silences, channels. */
export async function silentThings(ctx: Ctx, of: SilentOf): Promise<DigestLine[]> {
  const { facts, range, zone, everything } = of;
  const ids = new Set(facts.map(({ id }) => id));
  const now = ctx.clock();
  const jobs = (await listJobs(ctx)).items.filter(
    ({ model, verdict }) =>
      ['failed', 'hanging', 'late', 'shrunk'].includes(verdict) &&
      (model === null ? everything : ids.has(model)),
  );
  const silences = await lastingSilences(ctx.ledger, now, {
    ends: now + (range.to - range.from),
    long: LONG_MS,
  });
  const channels = everything ? await givenUp(ctx) : [];
  return [
    ...quietModels(facts, range),
    ...unjudgedReasons(facts),
    ...bounded(jobs, ({ sentence }) => ({ text: `Job ${sentence}`, path: '/on-call' }), 'jobs'),
    ...bounded(silences, (each) => ({ text: silenceWords(each, now, zone), path: '/on-call' }), 'silences'),
    ...bounded(
      channels,
      ({ name, n, at }) => ({
        text: `Channel ${name}: ${plural(n, 'message')} given up, the newest ${moment(at, zone)}`,
        path: '/settings/channels',
      }),
      'channels with messages that were given up',
    ),
  ];
}

function bounded<T>(all: readonly T[], line: (one: T) => DigestLine, what: string): DigestLine[] {
  const lines = all.slice(0, MOST).map(line);
  const rest = all.length - MOST;
  return rest > 0 ? [...lines, { text: `and ${count(rest)} more ${what}`, path: lines[0]!.path }] : lines;
}

/** Models that sent something once, and nothing in the range; and those that never did. Pure. */
function quietModels(facts: readonly ModelFacts[], { from }: Range): DigestLine[] {
  const quiet = facts.filter(({ lastReceived }) => lastReceived !== null && lastReceived < from);
  const never = facts.filter(({ lastReceived, predictions }) => lastReceived === null && predictions === 0);
  const line = (models: readonly ModelFacts[], what: string): DigestLine[] =>
    models.length === 0
      ? []
      : [
          {
            text: `${plural(models.length, 'model')} ${what}: ${named(models.map(({ name }) => name))}`,
            path: '/',
          },
        ];
  return [...line(quiet, 'sent nothing'), ...line(never, 'never sent anything')];
}

/** Why monitors do not judge, by reason, those of most series first. Pure. */
export function unjudgedReasons(facts: readonly ModelFacts[]): DigestLine[] {
  const reasons = new Map<string, { series: number; models: string[] }>();
  for (const { name, reasons: own } of facts)
    for (const { reason, series } of own) {
      const known = reasons.get(reason) ?? { series: 0, models: [] };
      reasons.set(reason, { series: known.series + series, models: [...known.models, name] });
    }
  const all = [...reasons].sort(([, a], [, b]) => b.series - a.series);
  return bounded(
    all,
    ([reason, { series, models }]) => ({
      text: `Not judged, ${inWords(reason)}: ${plural(series, 'series', 'series')} of ${plural(models.length, 'model')} (${named(models)})`,
      path: '/',
    }),
    'reasons why monitors do not judge',
  );
}

/** A reason as it is named, in words: `no_labels` → 'no labels' */
export const inWords = (reason: string): string => reason.replaceAll('_', ' ');

function silenceWords(
  { matchers, comment, by, startsAt, endsAt, silenced }: Lasting,
  now: number,
  zone: string,
): string {
  const since =
    now - startsAt >= LONG_MS ? `since ${span(now - startsAt)}` : `since ${moment(startsAt, zone)}`;
  const kept =
    silenced === 0
      ? 'it keeps nothing from people now'
      : `it keeps ${plural(silenced, 'incident')} from people now`;
  return `Silence of ${matchers} by ${by} (${comment}) holds ${since} and ends ${moment(endsAt, zone)}; ${kept}`;
}
