import type { TroubleKind } from '../../../contract/status.ts';

/** Something about Tiltmeter itself that is not as it should be, in plain words. */
export interface Trouble {
  /** Tells it from every other: `judging/credit-risk`. */
  readonly key: string;
  readonly kind: TroubleKind;
  /** The model concerned, or the channel by name; null for the whole server. */
  readonly model: string | null;
  readonly channel: string | null;
  /** Wall clock at which it was first seen like this, in epoch milliseconds. */
  readonly since: number;
  readonly sentence: string;
  readonly hint: string;
}

export type { TroubleKind };

/** What each kind means for people who wait for an alarm, and how urgent that is. */
export const TROUBLES: Readonly<
  Record<TroubleKind, { readonly priority: 'P1' | 'P2' | 'P3'; readonly hint: string }>
> = {
  roll_up: {
    priority: 'P2',
    hint: 'Nothing that came since is in any chart or alarm. The reason is kept with the model; see "The product watches itself" in docs/operating.md.',
  },
  judging: {
    priority: 'P2',
    hint: 'Its monitors say nothing until this is over: take their silence for no answer.',
  },
  delivery: {
    priority: 'P2',
    hint: 'People do not hear of incidents through this channel. Look at its deliveries under Settings, Channels.',
  },
  digest: {
    priority: 'P3',
    hint: 'It is tried again by itself, and tells of all of the time when it is sent; the log has the reason.',
  },
  rejects: {
    priority: 'P3',
    hint: 'Settings, Rejected events has the events with their reasons; they can be sent again.',
  },
  disk: { priority: 'P1', hint: 'Make room, or keep less: Settings, Storage.' },
  table: {
    priority: 'P1',
    hint: 'What comes from then on is stored. Bring back what was in it from a backup, and find out who dropped it.',
  },
  features: {
    priority: 'P3',
    hint: 'Nothing is known of what was left out. Remove columns that nobody needs under the settings of the model, or send such values as tags.',
  },
  outage: {
    priority: 'P3',
    hint: 'What was sent then was not taken, unless senders try again. Volume and freshness of that time are not judged.',
  },
  removal: {
    priority: 'P3',
    hint: 'What was removed is out of sight but still stored, and the name of a model stays taken. It is tried again by itself; the log has the reason.',
  },
  store: {
    priority: 'P3',
    hint: 'What was acknowledged is kept; what was refused meanwhile is there once senders have sent it again.',
  },
  clock: {
    priority: 'P3',
    hint: 'Nothing is lost or held up; rows without a time of their own get that of the clock. Set the clocks of all servers by the network.',
  },
  versions: {
    priority: 'P3',
    hint: 'Its profiles as a whole are not touched. Send one version for each deploy, not one for each build or request.',
  },
  prometheus: {
    priority: 'P2',
    hint: 'Machines and services whose metrics are read from it are not shown and not judged; buckets that end meanwhile stay without a value. Look at TILTMETER_PROMETHEUS_URL and its token.',
  },
  scraping: {
    priority: 'P3',
    hint: 'Nothing is stored of what does not answer, and rows that are made of it end. Settings, Scraping says of each target what is wrong; what is gone for good is to be taken out of the file.',
  },
  prices: {
    priority: 'P3',
    hint: 'What incidents cost is of then, and one that became dear meanwhile is not P1 yet. It is worked off by itself, the newest and the longest waiting by turns; the log says what cannot be read.',
  },
};

/** How long something may last before it is trouble, in milliseconds. */
export const PATIENCE: Readonly<Record<TroubleKind, number>> = {
  roll_up: 5 * 60_000,
  judging: 5 * 60_000,
  delivery: 10 * 60_000,
  digest: 30 * 60_000,
  rejects: 10 * 60_000,
  disk: 0,
  table: 0,
  features: 0,
  outage: 0,
  removal: 30 * 60_000,
  store: 0,
  clock: 0,
  versions: 0,
  prometheus: 2 * 60_000,
  scraping: 5 * 60_000,
  prices: 30 * 60_000,
};
