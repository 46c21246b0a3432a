import type { Decided, Respond } from '../alerts/decided.ts';
import type { Peak } from '../alerts/series.ts';
import type { ModelRow } from '../store/ledger/schema.ts';
import type { Announce } from './announce.ts';
import {
  type AlertChange,
  type CorrelationRules,
  correlate,
  type Step,
  settle,
  type Thread,
} from './correlate.ts';
import { worst } from './fact.ts';
import { loadThreads } from './load-threads.ts';
import { saveIncident } from './save-incident.ts';

/** In windows and buckets of the model. */
export function rulesOf({
  window_ms,
  bucket_ms,
}: Pick<ModelRow, 'window_ms' | 'bucket_ms'>): CorrelationRules {
  const window = Math.max(window_ms, bucket_ms);
  return { joinMs: 2 * window, quietMs: 3 * bucket_ms, reopenMs: 2 * window };
}

/** Makes incidents of what the monitors decided, and has them announced, in the transaction of the decision. */
export function recordIncidents(announce: Announce): Respond {
  return async (ctx, trx, decided) => {
    const rules = rulesOf(decided.model);
    const changes = changesOf(decided);
    const before = await loadThreads(
      trx,
      decided.model.id,
      (changes[0]?.time ?? decided.time) - rules.reopenMs,
    );
    const { threads, steps, homes } = fold(before, changes, decided.time, rules, ctx.ids.id);
    const peaks = peaksOf(decided, before, homes);
    const touched = new Set([...steps.map(({ incident }) => incident), ...peaks.keys()]);
    for (const change of changes) {
      const home = homes.get(changeKey(change));
      if (home !== undefined) touched.add(home);
    }
    for (const thread of threads) {
      if (!touched.has(thread.id)) continue;
      const own = steps.filter(({ incident }) => incident === thread.id);
      await saveIncident(ctx, trx, decided, thread, own, peaks.get(thread.id) ?? new Map(), announce);
    }
  };
}

/** A change with its place in the order of things: by time, beginnings before ends. */
function changesOf({ model, alerts }: Decided): AlertChange[] {
  const changes = alerts.flatMap(({ alert, episodes }) =>
    episodes.flatMap(({ since, firedAt, resolvedAt, peak }) => {
      const reachMs = peak.window * model.bucket_ms;
      const both: AlertChange[] = [];
      if (firedAt !== null) both.push({ alert: alert.id, to: 'firing', time: firedAt, since, reachMs });
      if (resolvedAt !== null)
        both.push({ alert: alert.id, to: 'resolved', time: resolvedAt, since, reachMs });
      return both;
    }),
  );
  return changes.sort((a, b) => a.time - b.time || (a.to < b.to ? -1 : a.to > b.to ? 1 : 0));
}

const changeKey = ({ alert, to, time }: Pick<AlertChange, 'alert' | 'to' | 'time'>) =>
  `${alert} ${to} ${time}`;

/** Folds all changes; `homes` tells which incident each change fell into. */
function fold(
  before: readonly Thread[],
  changes: readonly AlertChange[],
  time: number,
  rules: CorrelationRules,
  newId: () => string,
) {
  let threads = before;
  const steps: Step[] = [];
  const homes = new Map<string, string>();
  for (const change of changes) {
    const leaving = threads.find(({ firing }) => firing.has(change.alert));
    const result = correlate(threads, change, rules, newId);
    threads = result.threads;
    steps.push(...result.steps);
    const home = change.to === 'firing' ? threads.find(({ firing }) => firing.has(change.alert)) : leaving;
    if (home) homes.set(changeKey(change), home.id);
  }
  const settled = settle(threads, time, rules);
  return { threads: settled.threads, steps: [...steps, ...settled.steps], homes };
}

/** The worst of each alert per incident, of what this evaluation saw. */
function peaksOf(
  { alerts }: Decided,
  before: readonly Thread[],
  homes: ReadonlyMap<string, string>,
): Map<string, Map<string, { since: number; peak: Peak }>> {
  const peaks = new Map<string, Map<string, { since: number; peak: Peak }>>();
  for (const { alert, episodes } of alerts) {
    for (const { since, firedAt, peak } of episodes) {
      const incident =
        firedAt === null
          ? before.find(({ firing }) => firing.has(alert.id))?.id
          : homes.get(changeKey({ alert: alert.id, to: 'firing', time: firedAt }));
      if (incident === undefined) continue;
      const own = peaks.get(incident) ?? new Map();
      peaks.set(incident, own);
      const known = own.get(alert.id);
      own.set(alert.id, { since: Math.min(since, known?.since ?? since), peak: worst(known?.peak, peak) });
    }
  }
  return peaks;
}
