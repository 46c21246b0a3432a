import type { Impact } from '../../../contract/impact.ts';
import type { Loss } from '../../../contract/loss.ts';
import { count } from '../fact.ts';
import type { Priced } from './loss.ts';

/** Why it is not known what an incident costs. */
const UNKNOWN: Readonly<Record<string, string>> = {
  not_enough_data:
    'What it costs cannot be told yet: fewer than 30 predictions with labels since it began, or in the 28 days before.',
  positive_class_unknown: 'What it costs cannot be told: which class counts as positive is not known.',
};

/**
 * What an incident costs, in a sentence with its numbers: `A prediction is worth 1.2 EUR less than in the 28 days before (0.8 instead of 2, 95 % 1
 * to 1.4, 1,240 labelled): about 14,800 EUR over 12,340 predictions, 5,100 EUR a day.`
 */
export function lossSentence(lost: Priced, { unit = '', urgent_per_day }: Impact): string {
  if ('reason' in lost)
    return UNKNOWN[lost.reason] ?? 'What it costs cannot be told: its numbers are too large.';
  const { per_prediction: each, before, during, predictions, total, per_day, urgent } = lost;
  const money = (value: number) => `${amount(value)}${unit === '' ? '' : ` ${unit}`}`;
  const worse = each.value >= 0;
  const [low, high] = worse ? [each.low, each.high] : [-each.high, -each.low];
  const seen = `${amount(during.value)} instead of ${amount(before.value)}, 95 % ${amount(low)} to ${amount(high)}, ${count(during.n)} labelled`;
  const change = `a prediction is worth ${money(Math.abs(each.value))} ${worse ? 'less' : 'more'} than in the 28 days before`;
  if (each.high < 0) return `Nothing is lost: ${change} (${seen}).`;
  if (each.low <= 0) return `Nothing is lost for certain: ${change}, and that may be chance (${seen}).`;
  const limit =
    urgent && urgent_per_day !== undefined
      ? `, at least the ${money(urgent_per_day)} from which it is P1`
      : '';
  return `A${change.slice(1)} (${seen}): about ${money(total.value)} over ${count(predictions)} predictions, ${money(per_day.value)} a day${limit}.`;
}

/** What it costs in a few words, where it costs something for certain, else null: `about 5,100 EUR a day, 14,800 EUR so far` */
export function lossBrief({ per_prediction, per_day, total, unit }: Loss): string | null {
  if (per_prediction.low <= 0) return null;
  const money = ({ value }: Loss['total']) => `${amount(value)}${unit === '' ? '' : ` ${unit}`}`;
  return `about ${money(per_day)} a day, ${money(total)} so far`;
}

/** Three digits, whole numbers with their thousands apart: `amount(14_812.3)` → `14,800` */
function amount(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) >= 100 ? count(rounded) : String(rounded);
}
