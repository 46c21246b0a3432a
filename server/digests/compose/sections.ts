import type {
  DigestIncident,
  DigestLine,
  DigestModel,
  DigestMove,
  DigestSection,
} from '../../../contract/digest.ts';
import { epochMs } from '../../../contract/time.ts';
import { kindOf, LOWER_IS_WORSE, metricTitle } from '../../monitors/kinds/index.ts';
import { isWorse } from './rank.ts';
import { count, cut, interval, moment, number, plural, span } from './words.ts';

/** A model of a digest as it is read. Pure. */
export function modelSection(model: DigestModel, zone: string): DigestSection {
  const path = `/models/${encodeURIComponent(model.id)}`;
  const { more_incidents, more_moved } = model;
  const lines: DigestLine[] = [
    ...model.incidents.map((incident) => incidentLine(incident, zone, model.name)),
    ...(more_incidents > 0
      ? [{ text: `and ${plural(more_incidents, 'more incident', 'more incidents')}`, path: '/incidents' }]
      : []),
    ...(model.silent === null ? [] : [{ text: model.silent, path }]),
    ...(model.quality === null ? [] : [{ text: qualityWords(model.quality, zone), path: `${path}/quality` }]),
    ...model.moved.map((move) => ({
      text: moveWords(move, zone),
      path: move.column === '' ? path : `${path}/columns/${encodeURIComponent(move.column)}`,
    })),
    ...(more_moved > 0
      ? [{ text: `and ${plural(more_moved, 'more column', 'more columns')} moved, small`, path }]
      : []),
    ...(model.traffic === null ? [] : [{ text: trafficWords(model), path }]),
  ];
  return { title: model.owner === null ? model.name : `${model.name} (${model.owner})`, path, lines };
}

/** What is told of a cause; its incident says the rest. */
const CAUSE = 240;

/** An incident in a line; `of`: the model that stands above it, which is not named again. Pure. */
export function incidentLine(incident: DigestIncident, zone: string, of?: string): DigestLine {
  const { id, priority, what, status, title, cause, cost, opened_at, resolved_at, acknowledge_ms } = incident;
  const others = incident.model_names.filter((name) => name !== of);
  const whose =
    others.length === 0 ? '' : of === undefined ? `${others.join(', ')}: ` : `with ${others.join(', ')}: `;
  const at = (time: string) => moment(epochMs(time), zone);
  const times = [
    what === 'opened' || what === 'opened_and_resolved'
      ? `opened ${at(opened_at)}`
      : `since ${at(opened_at)}`,
    ...(resolved_at === null || what === 'opened' || what === 'going_on'
      ? ['goes on']
      : [`resolved ${at(resolved_at)}`]),
    ...(acknowledge_ms === null
      ? status === 'open'
        ? ['nobody has acknowledged it']
        : []
      : [`acknowledged after ${span(acknowledge_ms)}`]),
  ];
  const text = `[${priority}] ${whose}${title} (${times.join('; ')})${cost === null ? '' : `. Costs ${cost}`}${cause === null ? '' : `. Likely: ${cut(cause, CAUSE)}`}`;
  return { text, path: `/incidents/${encodeURIComponent(id)}` };
}

function qualityWords(quality: NonNullable<DigestModel['quality']>, zone: string): string {
  const { metric, estimated, value, low, high, n, baseline, from, to } = quality;
  const bounds = interval(low, high);
  const facts = [
    ...(bounds === null ? [] : [`interval ${bounds}`]),
    `n = ${count(n)}`,
    `${moment(epochMs(from), zone)} to ${moment(epochMs(to), zone)}`,
  ];
  const now = `${estimated ? 'Estimated ' : ''}${metricTitle(metric)} ${number(value)} (${facts.join(', ')})`;
  if (baseline === null) return `${now}; nothing to compare it with yet`;
  return `${now} against ${number(baseline)}: ${comparison(quality)}`;
}

/** Whether quality is better or worse than its baseline, as far as its interval tells. */
function comparison(quality: NonNullable<DigestModel['quality']>): string {
  const { metric, low, high, baseline } = quality;
  if (isWorse(quality)) return 'worse';
  if (low === null || high === null || baseline === null) return 'no interval to tell by';
  return (LOWER_IS_WORSE.includes(metric) ? low > baseline : high < baseline)
    ? 'better'
    : 'no difference for certain';
}

/** What moved: a column, or what its monitor looks at. */
const movedWhat = ({ column, kind }: DigestMove): string =>
  column === '' ? `${kindOf(kind)?.title ?? kind}, small` : `${column} moved, small`;

function moveWords(move: DigestMove, zone: string): string {
  const { metric, value, low, high, n, threshold, to, since, before, change } = move;
  const facts = [
    ...(interval(low, high) === null ? [] : [`interval ${interval(low, high)}`]),
    ...(threshold === null ? [] : [`threshold ${number(threshold)}`]),
    ...(n === null ? [] : [`n = ${count(n)}`]),
    `window up to ${moment(epochMs(to), zone)}`,
  ];
  const began = since === null ? 'since before this digest' : `since ${moment(epochMs(since), zone)}`;
  const was =
    before === null ? '' : `; it was ${number(before)}${change === null ? '' : `: ${CHANGE[change]}`}`;
  return `${movedWhat(move)}: ${metricTitle(metric)} ${number(value)} (${facts.join(', ')}), ${began}${was}`;
}

const CHANGE = { grew: 'it grew', shrank: 'it shrank', same: 'about as before' } as const;

function trafficWords({ traffic, labelled }: DigestModel): string {
  const { n, before } = traffic!;
  const labels =
    labelled === null ? '' : `; ${count(labelled)} of them labelled (${number((100 * labelled) / n)} %)`;
  return `${plural(n, 'prediction')}, ${count(before)} in as long a time before${labels}`;
}
