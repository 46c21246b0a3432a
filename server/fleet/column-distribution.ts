import type { Distribution } from '../../contract/distribution.ts';
import { epochMs, rfc3339 } from '../../contract/time.ts';
import { type Fired, firedWithin } from '../alerts/fired-within.ts';
import type { Ctx } from '../context.ts';
import { moment } from '../incidents/title.ts';
import { kindOf } from '../monitors/kinds/index.ts';
import {
  type ColumnDistribution,
  type DistributionQuery,
  getDistribution,
} from '../profiles/distribution/get-distribution.ts';

/** Alerts that the sentence names; all are in the list. */
const NAMED = 3;

/**
 * The distribution of a column with the alerts on it that fired within the range: what fired there is never told to be as in
 * the reference. Errors: not_allowed, not_found, invalid_request.
 */
export async function getColumnDistribution(
  ctx: Ctx,
  model: string,
  column: string,
  query: DistributionQuery,
): Promise<Distribution> {
  const found = await getDistribution(ctx, model, column, query);
  const range = { from: epochMs(found.from), to: epochMs(found.to) };
  return withAlerts(found, await firedWithin(ctx, { model: found.model, column }, range));
}

/** Pure. */
export function withAlerts(found: ColumnDistribution, fired: readonly Fired[]): Distribution {
  const alerts = fired.map(({ alert: { monitor, kind, metric }, episode: { since, endedAt, peak } }) => ({
    ...{ monitor, kind, metric },
    since: rfc3339(since),
    until: Number.isFinite(endedAt) ? rfc3339(endedAt) : null,
    value: peak?.value ?? null,
    baseline: peak?.baseline ?? null,
  }));
  if (fired.length === 0) return { ...found, alerts };
  const told = fired.slice(-NAMED).map(sentenceOf);
  const more = fired.length - told.length;
  const all = told.join('; ') + (more > 0 ? `; and ${more} more before` : '');
  const { sentence } = found;
  const whole = sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
  return { ...found, alerts, sentence: `${all}. Over the whole range: ${whole}` };
}

/** `New categories in country since 13 Mar 2026, 01:00 UTC, at worst 24 % (reference 0 %)` */
function sentenceOf({ alert: { kind, metric, column }, episode: { since, endedAt, peak } }: Fired): string {
  const known = kindOf(kind);
  const value = peak?.value ?? null;
  const baseline = peak?.baseline ?? null;
  const what = known?.phrase({ metric, columns: column, value, baseline }) ?? `Alert of ${kind}`;
  const unit = known?.metrics.find(({ id }) => id === metric)?.unit;
  const text = (x: number) =>
    unit === 'share' ? `${Number((100 * x).toPrecision(2))} %` : Number(x.toPrecision(2));
  const worst =
    value === null || baseline === null ? '' : `, at worst ${text(value)} (reference ${text(baseline)})`;
  const end = Number.isFinite(endedAt) ? ` to ${moment(endedAt)}` : '';
  return `${what} ${end === '' ? 'since' : 'from'} ${moment(since)}${end}${worst}`;
}
