import type { Peak } from '../alerts/series.ts';
import { Members } from './members.ts';

/** A stretch in which an alert fired; `since`, when its trouble began, is its name. */
export interface MemberEpisode {
  readonly since: number;
  /** The worst it was. */
  readonly peak: Peak;
}

/** An alert of an incident. */
export interface Member {
  readonly alert: string;
  readonly model: string;
  readonly firing: boolean;
  /** Oldest first; none left when all were taken back: then it explains nothing. */
  readonly episodes: readonly MemberEpisode[];
  /** Why it ceased to fire; null while it fires, or where that is not known. */
  readonly ended: string | null;
  /** What it shares with the incident, where that is not its model (see ties.ts); else empty. */
  readonly tie: string;
}

/** An incident as correlation sees it. Times are event times. */
export interface Thread {
  readonly id: string;
  /** The model it was first seen on. */
  readonly group: string;
  /** By what alerts may join it: all that its alerts may share with others (see ties.ts), and those of what was merged into it. */
  readonly groups: ReadonlySet<string>;
  readonly resolved: boolean;
  /** When the earliest of its alerts began. */
  readonly startedAt: number;
  /** When any of its alerts last changed. */
  readonly lastAt: number;
  /** By alert. */
  readonly members: Members;
}

/** More episodes of one alert in one incident are one: the oldest are told as one with the next. */
const MOST_EPISODES = 50;

/** The alerts that are part of an incident as far as is known now. */
export function standing({ members }: Pick<Thread, 'members'>): Member[] {
  return [...members].filter(({ episodes }) => episodes.length > 0);
}

export function fires({ members }: Pick<Thread, 'members'>): boolean {
  for (const { firing } of members) if (firing) return true;
  return false;
}

/** The models whose alerts an incident holds, in the order in which they began. */
export function modelsOf(thread: Pick<Thread, 'members'>): string[] {
  const members = [...thread.members].sort((a, b) => sinceOf(a) - sinceOf(b));
  return [...new Set(members.map(({ model }) => model))];
}

/** When an alert began in its incident. */
export function sinceOf({ episodes }: Pick<Member, 'episodes'>): number {
  return episodes[0]?.since ?? Number.POSITIVE_INFINITY;
}

/** The worst an alert was in its incident; undefined when all was taken back. */
export function peakOf({ episodes }: Pick<Member, 'episodes'>): Peak | undefined {
  return episodes.map(({ peak }) => peak).reduce<Peak | undefined>(worse, undefined);
}

/** The peak further from its baseline, the first of two that are equally far. */
export function worse(a: Peak | undefined, b: Peak): Peak {
  return a === undefined || distance(b) > distance(a) ? b : a;
}

function distance({ value, baseline }: Peak): number {
  return value === null ? -1 : Math.abs(value - (baseline ?? 0));
}

/** The episodes with this one, which may be known already and then be no less than it was. */
export function withEpisode(episodes: readonly MemberEpisode[], since: number, peak: Peak): MemberEpisode[] {
  const known = episodes.find((episode) => episode.since === since);
  const all = [
    ...episodes.filter((episode) => episode !== known),
    { since, peak: worse(known?.peak, peak) },
  ].sort((a, b) => a.since - b.since);
  if (all.length <= MOST_EPISODES) return all;
  const [first, second, ...rest] = all as [MemberEpisode, MemberEpisode, ...MemberEpisode[]];
  return [{ since: first.since, peak: worse(first.peak, second.peak) }, ...rest];
}

/** An incident that took in another: the alerts of both, each with its episodes in both. */
export function united(into: Thread, from: Thread): Thread {
  const members = new Map([...into.members].map((member) => [member.alert, member]));
  for (const member of from.members) {
    const { alert } = member;
    const known = members.get(alert);
    const episodes = (known?.episodes ?? []).reduce(
      (all, { since, peak }) => withEpisode(all, since, peak),
      member.episodes,
    );
    const firing = member.firing || (known?.firing ?? false);
    members.set(alert, { ...member, firing, episodes, ended: firing ? null : member.ended });
  }
  return {
    ...into,
    members: new Members(members.values()),
    groups: new Set([...into.groups, ...from.groups]),
    startedAt: Math.min(into.startedAt, from.startedAt),
    lastAt: Math.max(into.lastAt, from.lastAt),
  };
}

/** An incident without some of its alerts, and one of these alone. */
export function parted(thread: Thread, alerts: ReadonlySet<string>, id: string): [Thread, Thread] {
  const part = (taken: boolean) =>
    new Members([...thread.members].filter(({ alert }) => alerts.has(alert) === taken));
  const startOf = (members: Thread['members']) => Math.min(...standing({ members }).map(sinceOf));
  const [left, own] = [part(false), part(true)];
  return [
    { ...thread, members: left, startedAt: startOf(left) },
    { ...thread, id, members: own, startedAt: startOf(own) },
  ];
}
