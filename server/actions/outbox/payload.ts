import type { DigestContent } from '../../../contract/digest.ts';
import type { Incident, Runbook } from '../../../contract/incident.ts';
import { rfc3339 } from '../../../contract/time.ts';
import type { NotedHead } from '../../audit/verify-audit.ts';
import type { AnnouncedEvent } from '../../incidents/announce.ts';
import { harmless } from '../wire/harmless.ts';

/** The incident as a channel tells it. */
type Told = Omit<Incident, 'alerts' | 'response'>;

/**
 * The JSON that a channel sends. Stable: fields are added, never renamed; `version` counts breaking changes.
 * `sequence` counts the messages of one incident. It holds no values of columns, as the titles and sentences of an
 * incident hold none. `runbooks`: what people wrote of its models for this moment.
 */
export function payload(
  event: Exclude<AnnouncedEvent, 'spread'> | 'test',
  incident: Told,
  sequence: number,
  address: string,
  runbooks: readonly Runbook[] = [],
  note = '',
): string {
  const url = `${address.replace(/\/$/, '')}/incidents/${encodeURIComponent(incident.id)}`;
  return JSON.stringify({
    version: 1,
    event,
    text: harmless(text(event, incident, note)),
    url,
    sequence,
    incident,
    runbooks,
  });
}

/** Where the audit log ends, as a channel tells it. `tiltmeter audit verify --noted SEQ:HASH` compares. */
export function auditHeadPayload({ seq, hash }: NotedHead, now: number): string {
  const at = rfc3339(now);
  const said = `The audit log ends with entry ${seq}: ${seq}:${hash}`;
  return JSON.stringify({ version: 1, event: 'audit_head', text: said, at, seq, hash });
}

/** A digest as a channel tells it; `url`: where digests are set and looked at. */
export function digestPayload(digest: DigestContent, address: string): string {
  const root = address.replace(/\/$/, '');
  const name = digest.every === 'daily' ? 'Daily digest' : 'Weekly digest';
  const text = harmless(`${name}${digest.late_since === null ? '' : ', late'}: ${digest.headline}`);
  return JSON.stringify({
    version: 1,
    event: 'digest',
    text,
    url: `${root}/settings/channels`,
    root,
    digest,
  });
}

const PREFIX: Readonly<Record<Exclude<AnnouncedEvent, 'spread'>, string>> = {
  opened: '',
  priority_raised: 'Raised: ',
  snooze_over: 'Still going on: ',
  escalated: 'Nobody has acknowledged: ',
  approval_asked: 'Waits for approval: ',
  resolved: 'Resolved: ',
  reopened: 'Reopened: ',
};

/** One line for a chat: `[P1] credit-risk: Missing values in income since …`. */
function text(
  event: Exclude<AnnouncedEvent, 'spread'> | 'test',
  { priority, model_names, title, withdrawn, ended, merged_into }: Told,
  note: string,
): string {
  if (event === 'test') return `[test] ${title}`;
  const over =
    event === 'resolved' && ended !== null ? 'Over by another reference, no recovery shown: ' : null;
  if (event === 'resolved' && merged_into !== null)
    return `[${priority}] ${model_names.join(', ')}: Merged into another incident: ${title}`;
  if (event === 'approval_asked')
    return `[${priority}] ${model_names.join(', ')}: ${PREFIX[event]}${note}, because of ${title}`;
  const prefix = withdrawn ? 'Withdrawn, it never was: ' : (over ?? PREFIX[event]);
  return `[${priority}] ${model_names.join(', ')}: ${prefix}${title}`;
}
