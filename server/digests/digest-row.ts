import { type Digest, type DigestOnly, DigestSettings, DigestOnly as Only } from '../../contract/digest.ts';
import { rfc3339 } from '../../contract/time.ts';
import type { DigestChannel } from '../actions/digest-channels.ts';
import type { DigestRow } from '../store/ledger/schema.ts';
import { nextDue, type Schedule, usualDays } from './schedule.ts';

/** When a stored digest is due. */
export function scheduleOf({ every, settings }: Pick<DigestRow, 'every' | 'settings'>): Schedule {
  const { at, zone, days } = DigestSettings.parse(JSON.parse(settings));
  return { at, zone, days: days ?? usualDays(every) };
}

/** What a digest is about: what it says itself, else the models and owners that its channel is told of. */
export function aboutOf(
  only: DigestOnly | null,
  channel: Pick<DigestChannel, 'only'> | undefined,
): DigestOnly {
  if (only !== null) return only;
  const { models = [], owners = [] } = channel?.only ?? {};
  return Only.parse({ models, owners });
}

export const onlyOf = ({ settings }: Pick<DigestRow, 'settings'>): DigestOnly | null =>
  DigestSettings.parse(JSON.parse(settings)).only;

/** A stored digest as the API shows it. */
export function digestOf(row: DigestRow, channel: DigestChannel, now: number): Digest {
  const schedule = scheduleOf(row);
  return {
    channel: row.channel,
    channel_name: channel.name,
    every: row.every,
    at: schedule.at,
    zone: schedule.zone,
    days: [...schedule.days],
    only: onlyOf(row),
    next_at: channel.enabled ? rfc3339(nextDue(schedule, now)) : null,
    told_to: rfc3339(row.told_to),
  };
}
