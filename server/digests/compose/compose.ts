import type { DigestContent, DigestEvery, DigestOnly, DigestSection } from '../../../contract/digest.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { fleetFacts, type ModelFacts } from './fleet-facts.ts';
import { headlineOf } from './headline.ts';
import { type Concerned, concernedIncidents, incidentOf, type Range, waitsForReview } from './incidents.ts';
import { modelEntry } from './model-entry.ts';
import { rankTold, type Told } from './rank.ts';
import { incidentLine, modelSection } from './sections.ts';
import { silentThings } from './silent.ts';
import { count, plural } from './words.ts';

/** Models that are told one by one; of the others how many there are. */
const MODELS = 20;
/** Incidents of a weekly review that are told; of a daily digest only how many wait. */
const REVIEW = 20;
/** Sent so much later than due, it is late. */
const LATE_MS = 10 * 60_000;

export interface Wanted {
  readonly every: DigestEvery;
  readonly zone: string;
  readonly only: DigestOnly;
  readonly range: Range;
  /** When it was due; null: it is sent by hand, or only looked at. */
  readonly due: number | null;
}

/**
 * What a digest says: the one composition that pages, mails, chats and the command line show. Reads are bounded whatever the number of models: a page
 * of them at a time, and the profiles and signals of the range only of those that are told one by one. Errors: not_allowed.
 */
export async function compose(ctx: Ctx, wanted: Wanted): Promise<DigestContent> {
  authorise(ctx.actor, 'read');
  const { every, zone, only, range, due } = wanted;
  const facts = await fleetFacts(ctx, only);
  const everything = only.models.length + only.owners.length + only.layers.length === 0;
  const about = { models: new Set(facts.map(({ id }) => id)), everything };
  const { incidents, all } = await concernedIncidents(ctx, range, only, about);
  const told = rankTold(facts, incidents, range, only.layers);
  const names = new Map(facts.map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? id;
  const models: DigestContent['models'] = [];
  for (const each of told.slice(0, MODELS)) {
    models.push(await modelEntry(ctx, each, range, { zone, nameOf }));
    await ctx.turn();
  }
  const review = incidents.filter(waitsForReview).sort((a, b) => a.row.opened_at - b.row.opened_at);
  const counts = countsOf({ facts, incidents, told, review });
  const now = ctx.clock();
  const shown = every === 'weekly' ? review.slice(0, REVIEW).map((each) => incidentOf(each, nameOf)) : [];
  const silent = await silentThings(ctx, { facts, range, zone, everything });
  return {
    ...{ every, zone, counts, models },
    from: rfc3339(range.from),
    to: rfc3339(range.to),
    composed_at: rfc3339(now),
    late_since: due !== null && now - due > LATE_MS ? rfc3339(due) : null,
    headline: headlineOf(counts, facts, all),
    more_models: told.length - models.length,
    review: shown,
    sections: [
      ...models.map((model) => modelSection(model, zone)),
      ...moreModels(told.slice(MODELS)),
      ...ofNoModel(incidents, nameOf, zone),
      ...reviewSection(shown, review.length, zone),
      ...(silent.length === 0 ? [] : [{ title: 'Silent', path: null, lines: silent }]),
    ],
  };
}

function countsOf(of: {
  facts: readonly ModelFacts[];
  incidents: readonly Concerned[];
  told: readonly Told[];
  review: readonly Concerned[];
}): DigestContent['counts'] {
  const whats = (...wanted: Concerned['what'][]) =>
    of.incidents.filter(({ what }) => wanted.includes(what)).length;
  return {
    models: of.facts.length,
    told: of.told.length,
    not_judged: of.facts.filter(({ unjudged }) => unjudged).length,
    opened: whats('opened', 'opened_and_resolved'),
    resolved: whats('resolved', 'opened_and_resolved'),
    going_on: whats('opened', 'going_on'),
    worse: of.told.filter(({ worse }) => worse).length,
    silent: of.told.filter(({ fellSilent }) => fellSilent).length,
    moved: of.facts.reduce((sum, { movedCount }) => sum + movedCount, 0),
    review: of.review.length,
  };
}

/** What is not told one by one, in a line. */
function moreModels(rest: readonly Told[]): DigestSection[] {
  if (rest.length === 0) return [];
  const incidents = rest.reduce((sum, each) => sum + each.incidents.length, 0);
  const moved = rest.reduce((sum, { facts }) => sum + facts.movedCount, 0);
  const text = `${plural(incidents, 'incident')} and ${plural(moved, 'column')} that moved, small, all less urgent than those above`;
  return [{ title: `and ${count(rest.length)} more`, path: '/', lines: [{ text, path: '/incidents' }] }];
}

/** Incidents of jobs, and of Tiltmeter itself. */
function ofNoModel(
  incidents: readonly Concerned[],
  nameOf: (id: string) => string,
  zone: string,
): DigestSection[] {
  const own = incidents.filter(({ models }) => models.length === 0);
  if (own.length === 0) return [];
  const lines = own.slice(0, REVIEW).map((each) => incidentLine(incidentOf(each, nameOf), zone));
  const rest = own.length - lines.length;
  const more =
    rest > 0 ? [{ text: `and ${plural(rest, 'more incident', 'more incidents')}`, path: '/incidents' }] : [];
  return [{ title: 'Jobs, and Tiltmeter itself', path: '/incidents', lines: [...lines, ...more] }];
}

function reviewSection(shown: DigestContent['review'], waiting: number, zone: string): DigestSection[] {
  if (shown.length === 0) return [];
  const rest = waiting - shown.length;
  const more = rest > 0 ? [{ text: `and ${count(rest)} more`, path: '/incidents' }] : [];
  return [
    {
      title: `For the weekly review: ${plural(waiting, 'incident')} of P3`,
      path: '/incidents',
      lines: [...shown.map((incident) => incidentLine(incident, zone)), ...more],
    },
  ];
}
