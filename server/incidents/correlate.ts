import { REFERENCE_CHANGED } from '../alerts/series.ts';
import type { AlertChange } from './alert-change.ts';
import { Members } from './members.ts';
import { fires, type Member, modelsOf, sinceOf, standing, type Thread, withEpisode } from './thread.ts';

/** Event-time spans in milliseconds. */
export interface CorrelationRules {
  /** An alert joins an open incident whose last change is at most this long ago, or within what the alert looked at. */
  readonly joinMs: number;
  /** An incident resolves when none of its alerts fired for this long. */
  readonly quietMs: number;
  /** An alert that fires again so soon after its incident resolved reopens it: flapping is one incident. */
  readonly reopenMs: number;
  /** Length of a bucket. */
  readonly bucketMs: number;
}

/** The rules of a model. */
export type RulesOf = (model: string) => CorrelationRules;

/** What happened to an incident, for its timeline and for those who are told. */
export interface Step {
  readonly kind:
    | 'opened'
    | 'alert_joined'
    | 'spread'
    | 'reopened'
    | 'resolved'
    | 'corrected'
    | 'reference_changed';
  readonly incident: string;
  /** The change that did it; null when nothing but time passed. */
  readonly by: AlertChange | null;
  readonly time: number;
}

export interface Correlated {
  readonly threads: readonly Thread[];
  readonly steps: readonly Step[];
}

/**
 * Folds one change of an alert into the incidents. Changes of a group come in order of time, but for those that are known
 * late; the result does not depend on how many are folded in one go. Pure: `newId` is called only when an incident opens.
 */
export function correlate(
  threads: readonly Thread[],
  change: AlertChange,
  rules: RulesOf,
  newId: () => string,
): Correlated {
  const passed: Passed = (model) => (model === change.model ? change.time : undefined);
  const settled = settle(threads, passed, rules);
  const next = FOLD[change.kind](settled.threads, change, rules, newId);
  return { threads: next.threads, steps: [...settled.steps, ...next.steps] };
}

/** When an incident resolves if nothing of it fires again. */
export function dueAt(lastAt: number, models: readonly string[], rules: RulesOf): number {
  return lastAt + Math.max(...models.map((model) => rules(model).quietMs));
}

/** Event time up to which everything of a model is known; undefined when unknown. */
export type Passed = (model: string) => number | undefined;

/** Whether an event time has passed in all of these models. */
export function isPast(time: number, models: readonly string[], passed: Passed): boolean {
  return models.every((model) => (passed(model) ?? Number.NEGATIVE_INFINITY) >= time);
}

/**
 * Resolves the incidents that have been quiet for long enough; one of several models waits for all of them.
 */
export function settle(threads: readonly Thread[], passed: Passed, rules: RulesOf): Correlated {
  const steps: Step[] = [];
  const next = threads.map((thread) => {
    if (thread.resolved || fires(thread)) return thread;
    const models = modelsOf(thread);
    const due = dueAt(thread.lastAt, models, rules);
    if (!isPast(due, models, passed)) return thread;
    steps.push({ kind: 'resolved', incident: thread.id, by: null, time: due });
    return { ...thread, resolved: true };
  });
  return { threads: next, steps };
}

type Fold = (
  threads: readonly Thread[],
  change: AlertChange,
  rules: RulesOf,
  newId: () => string,
) => Correlated;

const FOLD: Readonly<Record<AlertChange['kind'], Fold>> = {
  begins(threads, change, rulesOf, newId) {
    const { ties, model, alert, time, since, reachMs } = change;
    const rules = rulesOf(model);
    const own = threads.filter(
      ({ groups, startedAt }) => groups.has(ties[0]!) && time >= startedAt - rules.joinMs,
    );
    const reach = Math.max(rules.joinMs, reachMs);
    const open = own.filter(({ resolved, lastAt }) => !resolved && time - lastAt <= reach);
    // Where somebody split incidents, an alert stays with the one that has it.
    const home = newest(open.filter((thread) => hasAlert(thread, alert))) ?? newest(open);
    if (home) {
      return changed(threads, fired(home, change), hasAlert(home, alert) ? [] : ['alert_joined'], change);
    }
    const former = newest(
      own.filter(
        (thread) => thread.resolved && hasAlert(thread, alert) && time - thread.lastAt <= rules.reopenMs,
      ),
    );
    if (former) return changed(threads, { ...fired(former, change), resolved: false }, ['reopened'], change);
    const [shared, tie] = sharing(threads, change, rulesOf);
    if (shared) return changed(threads, fired(shared, change, tie), ['spread'], change);
    const opened: Thread = {
      ...{ id: newId(), group: ties[0]!, groups: new Set(ties), resolved: false },
      ...{ startedAt: since, lastAt: time, members: new Members() },
    };
    return changed([...threads, opened], fired(opened, change), ['opened'], change);
  },

  worse(threads, change) {
    const home = homeOf(threads, change);
    if (!home) return { threads, steps: [] };
    const member = home.members.get(change.alert)!;
    const worsened = withMember(home, {
      ...member,
      episodes: withEpisode(member.episodes, change.since, change.peak),
    });
    const lastAt = home.resolved ? home.lastAt : Math.max(home.lastAt, change.time);
    return changed(threads, { ...worsened, lastAt }, [], change);
  },

  ends(threads, change) {
    const { alert, time, reason } = change;
    const homes = threads.filter(({ members }) => members.get(alert)?.firing);
    const ended = homes.map((thread) => {
      const lastAt = thread.resolved ? thread.lastAt : Math.max(thread.lastAt, time);
      const member = { ...thread.members.get(alert)!, firing: false, ended: reason };
      return { ...withMember(thread, member), lastAt };
    });
    // An end that shows no recovery is told as such.
    const told: Step['kind'][] = reason === REFERENCE_CHANGED ? [REFERENCE_CHANGED] : [];
    return ended.reduce<Correlated>(
      (all, next) => {
        const { threads, steps } = changed(all.threads, next, told, change);
        return { threads, steps: [...all.steps, ...steps] };
      },
      { threads, steps: [] },
    );
  },

  withdrawn(threads, change) {
    const home = homeOf(threads, change);
    if (!home) return { threads, steps: [] };
    const member = home.members.get(change.alert)!;
    const episodes = member.episodes.filter(({ since }) => since !== change.since);
    const firing = member.firing && !change.fired;
    const left = withMember(home, { ...member, firing, episodes });
    const rest = standing(left);
    if (rest.length > 0)
      return changed(threads, { ...left, startedAt: Math.min(...rest.map(sinceOf)) }, ['corrected'], change);
    const steps: Step['kind'][] = home.resolved ? ['corrected'] : ['corrected', 'resolved'];
    return changed(threads, { ...left, resolved: true }, steps, change);
  },

  goes_on(threads, change, rules, newId) {
    const home = homeOf(threads, change);
    if (!home) return FOLD.begins(threads, change, rules, newId);
    const steps: Step['kind'][] = home.resolved ? ['corrected', 'reopened'] : ['corrected'];
    return changed(threads, { ...fired(home, change), resolved: false }, steps, change);
  },

  moved(threads, change) {
    const home = homeOf(threads, change);
    if (!home) return { threads, steps: [] };
    return changed(threads, { ...home, lastAt: Math.max(home.lastAt, change.time) }, ['corrected'], change);
  },
};

function hasAlert(thread: Thread, alert: string): boolean {
  return (thread.members.get(alert)?.episodes.length ?? 0) > 0;
}

/** The incident that tells this episode of the alert. */
function homeOf(threads: readonly Thread[], { alert, since }: AlertChange): Thread | undefined {
  return threads.find(({ members }) =>
    members.get(alert)?.episodes.some((episode) => episode.since === since),
  );
}

/**
 * The open incident of other models that began with this alert and shares something with it, and what: the moments at which the two may have changed, as
 * far as their windows tell, lie within two buckets of each other. Of several the newest.
 */
function sharing(
  threads: readonly Thread[],
  { ties, model, time, since, reachMs }: AlertChange,
  rules: RulesOf,
): [Thread?, string?] {
  const { joinMs, bucketMs } = rules(model);
  const slack = 2 * bucketMs;
  const from = since - Math.max(0, reachMs - bucketMs) - slack;
  const together = ({ episodes, model: of }: Member) => {
    const last = episodes.at(-1);
    if (last === undefined) return false;
    const looked = Math.max(0, last.peak.window - 1) * rules(of).bucketMs;
    return last.since >= from && last.since - looked <= since + slack;
  };
  const tieOf = ({ groups }: Thread) => ties.slice(1).find((tie) => groups.has(tie));
  const found = newest(
    threads.filter((thread) => {
      if (thread.resolved || time - thread.lastAt > joinMs || tieOf(thread) === undefined) return false;
      for (const member of thread.members) if (together(member)) return true;
      return false;
    }),
  );
  return found === undefined ? [] : [found, tieOf(found)];
}

function fired(thread: Thread, { alert, model, ties, time, since, peak }: AlertChange, tie?: string): Thread {
  const known = thread.members.get(alert);
  const episodes = withEpisode(known?.episodes ?? [], since, peak);
  const fresh = ties.filter((each) => !thread.groups.has(each));
  return {
    ...withMember(thread, {
      alert,
      model,
      firing: true,
      episodes,
      ended: null,
      tie: tie ?? known?.tie ?? '',
    }),
    ...(fresh.length === 0 ? {} : { groups: new Set([...thread.groups, ...fresh]) }),
    startedAt: Math.min(thread.startedAt, since),
    lastAt: Math.max(thread.lastAt, time),
  };
}

function withMember(thread: Thread, member: Member): Thread {
  return { ...thread, members: thread.members.with(member) };
}

function changed(
  threads: readonly Thread[],
  next: Thread,
  kinds: readonly Step['kind'][],
  by: AlertChange,
): Correlated {
  return {
    threads: threads.map((thread) => (thread.id === next.id ? next : thread)),
    steps: kinds.map((kind) => ({ kind, incident: next.id, by, time: by.time })),
  };
}

function newest(threads: readonly Thread[]): Thread | undefined {
  return threads.reduce<Thread | undefined>(
    (best, thread) => (best === undefined || thread.lastAt > best.lastAt ? thread : best),
    undefined,
  );
}
