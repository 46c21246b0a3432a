import { JobSettings, type WatchedJob } from '../../contract/heartbeat.ts';
import { rfc3339 } from '../../contract/time.ts';
import type { HeartbeatRow } from '../store/ledger/schema.ts';
import { type Judged, judgeJob, type Run } from './judge-job.ts';

export const runsOf = ({ runs }: Pick<HeartbeatRow, 'runs'>): Run[] => JSON.parse(runs) as Run[];

export function judgedOf(row: HeartbeatRow, listeningSince: number, now: number): Judged {
  const settings = JobSettings.parse(JSON.parse(row.settings));
  return judgeJob({ settings, runs: runsOf(row), runningSince: row.running_since, listeningSince }, now);
}

/** A stored job as the API shows it. */
export function jobOf(row: HeartbeatRow, listeningSince: number, now: number): WatchedJob {
  const { verdict, sentence, everyMs, by, longestMs, rows } = judgedOf(row, listeningSince, now);
  const last = runsOf(row).at(-1);
  return {
    job: row.job,
    model: row.model,
    settings: JobSettings.parse(JSON.parse(row.settings)),
    verdict,
    sentence: `${row.job} ${sentence}`,
    expected: { every_ms: everyMs, by: by === null ? null : rfc3339(by), longest_ms: longestMs, rows },
    last:
      last === undefined
        ? null
        : { at: rfc3339(last.at), state: last.state, rows: last.rows, duration_ms: last.durationMs },
    running_since: row.running_since === null ? null : rfc3339(row.running_since),
  };
}
