/** An incident as correlation sees it: which alerts belong to it, which of them still fire in it. */
export interface Thread {
  readonly id: string;
  readonly resolved: boolean;
  /** Event time at which the earliest of its alerts began. */
  readonly startedAt: number;
  /** Event time of the last change of any of its alerts. */
  readonly lastAt: number;
  readonly alerts: ReadonlySet<string>;
  readonly firing: ReadonlySet<string>;
}

/** An alert began or ceased to fire. `time` is the bucket that decided it, `since` when the trouble began. */
export interface AlertChange {
  readonly alert: string;
  readonly to: 'firing' | 'resolved';
  readonly time: number;
  readonly since: number;
  /** How much event time the alert looked at: what it saw may have begun that long before. */
  readonly reachMs: number;
}

/** Event-time spans in milliseconds. */
export interface CorrelationRules {
  /** An alert joins an open incident whose last change is at most this long ago, or within what the alert looked at. */
  readonly joinMs: number;
  /** An incident resolves when none of its alerts fired for this long. */
  readonly quietMs: number;
  /** An alert that fires again so soon after its incident resolved reopens it: flapping is one incident. */
  readonly reopenMs: number;
}

export interface Step {
  readonly kind: 'opened' | 'alert_joined' | 'reopened' | 'resolved';
  readonly incident: string;
  readonly alert: string | null;
  readonly time: number;
}

export interface Correlated {
  readonly threads: readonly Thread[];
  readonly steps: readonly Step[];
}

/**
 * Folds one change of an alert into a model's incidents. Changes come in order of time; the result does not depend on
 * how many are folded in one go. Pure: `newId` is called only when an incident opens.
 */
export function correlate(
  threads: readonly Thread[],
  change: AlertChange,
  rules: CorrelationRules,
  newId: () => string,
): Correlated {
  const settled = settle(threads, change.time, rules);
  const result =
    change.to === 'firing' ? fired(settled.threads, change, rules, newId) : ceased(settled.threads, change);
  return { threads: result.threads, steps: [...settled.steps, ...result.steps] };
}

/** Resolves the incidents that have been quiet for long enough at this event time. */
export function settle(threads: readonly Thread[], time: number, rules: CorrelationRules): Correlated {
  const steps: Step[] = [];
  const next = threads.map((thread) => {
    const due = thread.lastAt + rules.quietMs;
    if (thread.resolved || thread.firing.size > 0 || time < due) return thread;
    steps.push({ kind: 'resolved', incident: thread.id, alert: null, time: due });
    return { ...thread, resolved: true };
  });
  return { threads: next, steps };
}

function fired(
  threads: readonly Thread[],
  change: AlertChange,
  rules: CorrelationRules,
  newId: () => string,
): Correlated {
  const { alert, time, since } = change;
  const home = newest(
    threads.filter(
      (thread) => !thread.resolved && time - thread.lastAt <= Math.max(rules.joinMs, change.reachMs),
    ),
  );
  if (home) {
    const known = home.alerts.has(alert);
    return {
      threads: replace(threads, joined(home, change)),
      steps: known ? [] : [{ kind: 'alert_joined', incident: home.id, alert, time }],
    };
  }
  const former = newest(
    threads.filter(
      (thread) => thread.resolved && thread.alerts.has(alert) && time - thread.lastAt <= rules.reopenMs,
    ),
  );
  if (former) {
    return {
      threads: replace(threads, { ...joined(former, change), resolved: false }),
      steps: [{ kind: 'reopened', incident: former.id, alert, time }],
    };
  }
  const opened: Thread = {
    id: newId(),
    resolved: false,
    startedAt: since,
    lastAt: time,
    alerts: new Set([alert]),
    firing: new Set([alert]),
  };
  return {
    threads: [...threads, opened],
    steps: [{ kind: 'opened', incident: opened.id, alert, time }],
  };
}

function ceased(threads: readonly Thread[], { alert, time }: AlertChange): Correlated {
  const next = threads.map((thread) =>
    thread.firing.has(alert)
      ? { ...thread, lastAt: Math.max(thread.lastAt, time), firing: without(thread.firing, alert) }
      : thread,
  );
  return { threads: next, steps: [] };
}

function joined(thread: Thread, { alert, time, since }: AlertChange): Thread {
  return {
    ...thread,
    startedAt: Math.min(thread.startedAt, since),
    lastAt: Math.max(thread.lastAt, time),
    alerts: new Set([...thread.alerts, alert]),
    firing: new Set([...thread.firing, alert]),
  };
}

function replace(threads: readonly Thread[], changed: Thread): readonly Thread[] {
  return threads.map((thread) => (thread.id === changed.id ? changed : thread));
}

function newest(threads: readonly Thread[]): Thread | undefined {
  return threads.reduce<Thread | undefined>(
    (best, thread) => (best === undefined || thread.lastAt > best.lastAt ? thread : best),
    undefined,
  );
}

function without(set: ReadonlySet<string>, item: string): ReadonlySet<string> {
  const copy = new Set(set);
  copy.delete(item);
  return copy;
}
