import { counted } from '../../../contract/counted.ts';
import type { VerdictMeasure, VersionVerdict } from '../../../contract/version-verdict.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The verdict in one sentence. `by`: the measure that it rests on; `unknown`: why quality is not known, as a sentence. Pure. */
export function verdictSentence(
  found: Pick<VersionVerdict, 'by' | 'recommendation' | 'needs' | 'version' | 'baseline' | 'from'>,
  by: VerdictMeasure | null,
  unknown: string | null = null,
): string {
  if (found.version === null || found.baseline === null)
    return `Only one ${found.by} answered: nothing to compare.`;
  const version = named(found.version, found.by);
  const beside = named(found.baseline, found.by);
  if (found.from === null)
    return `${capital(version)} and ${beside} never answered at the same time: nothing can be told but by the time as well.`;
  if (by === null)
    return `Not known yet, and errors and answer times say nothing against ${version}. ${unknown ?? 'No labels of both.'}`;
  switch (found.recommendation) {
    case 'promote':
      return `${capital(version)} is better than ${beside}: ${difference(by)}. Safe to stop now.`;
    case 'stop':
      return `${capital(version)} is worse than ${beside}: ${difference(by)}. Safe to stop now.`;
    case 'either':
      return `${capital(version)} and ${beside} are alike in ${by.title}, to within ${amount(by.smallest ?? 0, by.unit)}: ${difference(by)}. Safe to stop now.`;
    case 'wait':
      return `Not yet: ${waiting(found.needs)}. So far ${difference(by)}.`;
    default:
      return `Not known yet: fewer than 50 values of ${by.title} of one of the two.`;
  }
}

/** `accuracy +0.8 points (+0.5 to +1.1)` */
function difference({ title, unit, difference: { value, low, high } }: VerdictMeasure): string {
  if (value === null || low === null || high === null) return `${title} not known`;
  return `${title} ${signed(value, unit)} (${sign(low)}${figure(low, unit)} to ${signed(high, unit)})`;
}

function waiting(needs: VersionVerdict['needs']): string {
  if (needs === null) return 'more is needed than can be told';
  return `about ${lasting(needs.ms)} more at the present traffic, some ${rounded(needs.rows).toLocaleString('en-US')} predictions`;
}

/** `lasting(345_600_000)` → '4 days' */
export function lasting(ms: number): string {
  if (ms >= 2 * DAY) return counted(Math.round(ms / DAY), 'day');
  if (ms >= 2 * HOUR) return counted(Math.round(ms / HOUR), 'hour');
  return counted(Math.max(1, Math.round(ms / MINUTE)), 'minute');
}

const rounded = (n: number) => Number(n.toPrecision(2));
const named = (name: string, by: string) => (name === '' ? `what names no ${by}` : `${by} ${name}`);
const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);
const sign = (value: number) => (value < 0 ? '−' : '+');
const signed = (value: number, unit: string) => `${sign(value)}${amount(value, unit)}`;

/** `amount(0.008, 'share')` → '0.8 points' */
function amount(value: number, unit: string): string {
  const size = figure(value, unit);
  return `${size} ${unit === 'share' ? (size === '1' ? 'point' : 'points') : unit}`.trimEnd();
}

/** The size of a number in its unit; of shares in points. `figure(-0.008, 'share')` → '0.8' */
const figure = (value: number, unit: string) =>
  String(Number(Math.abs(unit === 'share' ? 100 * value : value).toPrecision(2)));
