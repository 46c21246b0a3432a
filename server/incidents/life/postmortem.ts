import type { IncidentDetail, SimilarIncident } from '../../../contract/incident.ts';
import { PRIORITY_MEANS } from '../../../contract/priority-means.ts';
import { asWritten, plain } from '../../plain-markdown.ts';

/**
 * An incident as a post-mortem in Markdown: the figures that are known filled in, the questions that only people can answer left open. Pure:
 * the same incident gives the same text. Names and words of people are quoted so that they are text, never markup.
 */
export function postmortem(
  incident: IncidentDetail,
  similar: readonly SimilarIncident[],
  address: string,
): string {
  const { title, model_names, priority, runbooks } = incident;
  return [
    `# ${plain(title)}`,
    '',
    `[Incident ${incident.id}](${address}/incidents/${encodeURIComponent(incident.id)}) of ${model_names.map(plain).join(', ') || 'Tiltmeter itself'}, ${priority} (${PRIORITY_MEANS[priority]}), ${incident.status}.`,
    '',
    '## Figures',
    '',
    ...grid(['what', 'value'], figures(incident)),
    '',
    ...section('## What it costs', costs(incident)),
    ...section('## What changed in quality', quality(incident)),
    '## Cause',
    '',
    found(incident),
    '',
    ...table(
      ['cause named', 'confidence', 'sentence'],
      incident.causes.map(({ kind, confidence, sentence }) => [words(kind), percent(confidence), sentence]),
    ),
    '',
    '## Alerts',
    '',
    ...table(
      ['since', 'what', 'worst value', '95 % interval', 'n', 'threshold', 'state'],
      incident.alerts.map((alert) => [
        alert.since,
        [words(alert.kind), alert.column, alert.segment, alert.version]
          .filter((word) => word !== '')
          .join(' '),
        number(alert.value),
        alert.low === null || alert.high === null ? '' : `${number(alert.low)} to ${number(alert.high)}`,
        number(alert.n),
        number(alert.threshold),
        alert.state,
      ]),
    ),
    '',
    ...chart(incident),
    '## Timeline (UTC)',
    '',
    ...timeline(incident),
    '',
    ...section(
      '## Similar incidents before',
      similar.map(
        ({ id, opened_at, title, because, verdict, helped }) =>
          `- ${opened_at.slice(0, 10)}, ${id}: ${plain(title)} (${because.map(plain).join('; ')})${verdict === null ? '' : `, verdict ${words(verdict)}`}${helped === null ? '' : `. What was said: ${asWritten(helped.text)}`}`,
      ),
    ),
    ...section(
      '## Runbooks',
      runbooks.map(({ model, runbook }) => `- ${plain(model)}: ${asWritten(runbook)}`),
    ),
    '## To fill in',
    '',
    '- Who was hurt, and how much?',
    '- Why was it not prevented, and why not noticed before?',
    '- What helped, and what did not?',
    '- What will be changed, by whom, until when?',
    '',
  ].join('\n');
}

/** Cells of Markdown. */
function figures(incident: IncidentDetail): [string, string][] {
  const { started_at, opened_at, acknowledged_at, acknowledged_by, resolved_at, resolved_by } = incident;
  return [
    ['began (time of the data)', started_at],
    ['noticed', `${opened_at} (${between(started_at, opened_at)} later)`],
    [
      'acknowledged',
      acknowledged_at === null
        ? 'by nobody'
        : `${acknowledged_at} by ${asWritten(acknowledged_by ?? '')} (${between(opened_at, acknowledged_at)} later)`,
    ],
    [
      'resolved',
      resolved_at === null
        ? 'not yet'
        : `${resolved_at}${resolved_by === null ? ', by itself' : ` by ${asWritten(resolved_by)}`} (${between(opened_at, resolved_at)} after it was noticed)`,
    ],
    ['assigned to', asWritten(incident.assignee ?? 'nobody')],
    ['verdict', incident.verdict === null ? 'none yet' : words(incident.verdict)],
    ['predictions touched', number(incident.affected_predictions)],
    ['alerts', `${incident.alerts.length}`],
  ];
}

function found({ found, causes }: IncidentDetail): string {
  if (found !== null) return `People found: **${words(found)}**.`;
  return causes.length === 0
    ? 'No cause was named, and nobody said what it was.'
    : 'Nobody confirmed a cause yet. These were named:';
}

function costs({ losses }: IncidentDetail): string[] {
  return losses.map(({ model, sentence }) => `- ${plain(model)}: ${plain(sentence)}`);
}

function quality({ quality_changes }: IncidentDetail): string[] {
  return quality_changes.flatMap(({ model, change }) =>
    change.parts.map(({ sentence }) => `- ${plain(model)}, ${plain(change.title)}: ${plain(sentence)}`),
  );
}

/** When each alert began and ended, as a chart that forges draw from text. */
function chart({ alerts, last_at, started_at }: IncidentDetail): string[] {
  const shown = alerts.slice(0, 20);
  if (shown.length === 0) return [];
  const end = Math.max(Date.parse(last_at), Date.parse(started_at) + 60_000);
  return [
    `Since when each alert fired, up to ${last_at}${alerts.length > shown.length ? ` (the first ${shown.length} of ${alerts.length})` : ''}:`,
    '',
    '```mermaid',
    'gantt',
    '  dateFormat x',
    '  axisFormat %d %b %H:%M',
    ...shown.map(
      ({ kind, column, since }) =>
        `  ${[words(kind), column]
          .join(' ')
          .replaceAll(/[^\w .-]/g, '_')
          .trim()} :${Date.parse(since)}, ${Math.max(end, Date.parse(since) + 60_000)}`,
    ),
    '```',
    '',
  ];
}

function timeline({ timeline }: IncidentDetail): string[] {
  const what = ({ kind, text }: (typeof timeline)[number]) =>
    `${words(kind)} ${kind === 'comment' ? asWritten(text) : plain(text)}`.trim();
  return grid(
    ['when', 'who', 'what'],
    timeline.map((event) => [event.at, asWritten(event.actor), what(event)]),
  );
}

function section(head: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [head, '', ...lines, ''];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return grid(
    head,
    rows.map((cells) => cells.map(plain)),
  );
}

/** A table of cells that are Markdown. */
function grid(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return ['None.'];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)];
}

const words = (id: string) => id.replaceAll('_', ' ');
const percent = (share: number) => `${Math.round(share * 100)} %`;

function number(value: number | null): string {
  return value === null ? '' : String(Number(value.toPrecision(4)));
}

/** `3 d 4 h`, `12 min`, `40 s` */
function between(from: string, to: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor((seconds % 86_400) / 3600),
    Math.floor((seconds % 3600) / 60),
  ];
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min` : `${seconds} s`;
}
