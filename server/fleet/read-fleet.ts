import { countChannels } from '../actions/count-channels.ts';
import { judgedTo } from '../alerts/judgements.ts';
import { type AlertReason, alertReasons, alertStates } from '../alerts/read-states.ts';
import type { Ctx } from '../context.ts';
import { countOpen, type OpenIncidents } from '../incidents/count-open.ts';
import { severities } from '../monitors/configure/severities.ts';
import { readJudgedAs } from '../monitors/judge/state/judged-as.ts';
import { QUALITY_KINDS } from '../monitors/quality/reasons.ts';
import type { ProfileHead } from '../profiles/heads/profile-head.ts';
import { columnsSeen, profileHeads } from '../profiles/heads/read-heads.ts';
import { type Quality, readQuality } from '../signals/read-quality.ts';
import { type TableSize, tableSizes } from '../store/lake/sizes.ts';
import type { JudgedAsRow, ModelRow } from '../store/ledger/schema.ts';
import { ANSWERS } from './setup/setup-facts.ts';
import type { AlertReading } from './summary.ts';

/** What the lines of the fleet need, by model; `stored` by table. */
export interface FleetReadings {
  readonly stored: ReadonlyMap<string, TableSize>;
  readonly heads: ReadonlyMap<string, ProfileHead>;
  readonly quality: ReadonlyMap<string, Quality>;
  readonly alerts: ReadonlyMap<string, readonly AlertReading[]>;
  readonly incidents: ReadonlyMap<string, readonly OpenIncidents[]>;
  readonly answers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly judgedTo: ReadonlyMap<string, number>;
  /** Of the installation. */
  readonly channels: number;
  readonly now: number;
  /** Why the series of quality stand as they do. */
  readonly reasons: ReadonlyMap<string, readonly AlertReason[]>;
  readonly judgedAs: ReadonlyMap<string, JudgedAsRow>;
}

/** Each stage's own reader once, however many models; none reads history. */
export async function readFleet(
  ctx: Pick<Ctx, 'ledger' | 'lake' | 'clock'>,
  models: readonly ModelRow[],
): Promise<FleetReadings> {
  const names = models.map(({ id }) => id);
  const [
    stored,
    heads,
    quality,
    states,
    severityOf,
    incidents,
    answers,
    judged,
    channels,
    reasons,
    judgedAs,
  ] = await Promise.all([
    names.length === 0
      ? []
      : tableSizes(
          ctx.lake,
          models.map(({ table_name }) => table_name),
        ),
    profileHeads(ctx, names),
    readQuality(ctx, names),
    alertStates(ctx, names),
    severities(ctx, names),
    countOpen(ctx, names),
    columnsSeen(ctx, names, ANSWERS),
    judgedTo(ctx, names),
    countChannels(ctx),
    alertReasons(ctx, names, QUALITY_KINDS),
    readJudgedAs(ctx, names),
  ]);
  const alerts = states.flatMap(({ monitor, ...state }) => {
    const severity = severityOf.get(monitor);
    return severity === undefined ? [] : [{ ...state, severity }];
  });
  return {
    stored: new Map(stored.map((size) => [size.table, size])),
    heads,
    quality,
    alerts: Map.groupBy(alerts, ({ model }) => model),
    incidents: Map.groupBy(incidents, ({ model }) => model),
    answers,
    judgedTo: judged,
    channels,
    now: ctx.clock(),
    reasons: Map.groupBy(reasons, ({ model }) => model),
    judgedAs,
  };
}
