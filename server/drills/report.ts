import type {
  DrillDetail,
  DrillFigures,
  DrillOutcome,
  DrillScore,
  DrillShare,
} from '../../contract/drill.ts';
import { plain } from '../plain-markdown.ts';

/** A drill as a report in Markdown: what was done, every figure with its interval, what it does not show, and every planted fault. Pure. */
export function drillReport(drill: DrillDetail): string {
  const { id, about, model, at, by, version, rows, figures, outcomes } = drill;
  const planted = outcomes.filter(({ fault }) => fault !== null);
  return [
    `# Drill: ${plain(about)}`,
    '',
    `${model === null ? '' : `Of the stored history of the model ${plain(model)}. `}Run by ${plain(by)}, kept ${at} by Tiltmeter ${plain(version)}, id ${id}.`,
    '',
    `${planted.length} faults were planted into replays of ${rows} predictions an hour through the ingest path of a server of its own, and what was planted was compared with what was told. Nothing of it reached a channel or the data of a model.`,
    '',
    '## What was found',
    '',
    ...table(
      [
        'of',
        'planted',
        'found',
        'median delay, buckets',
        'right cause first',
        'in the first three',
        'one incident',
        'at most two messages',
      ],
      [figures.all, ...figures.by_shape, ...figures.by_fault].map(scoreCells),
    ),
    '',
    'Shares are of so many, with 95 % intervals (Wilson); causes, incidents and messages of the faults that were found.',
    '',
    '## How much confidence is worth',
    '',
    ...table(
      ['confidence of the first cause', 'named', 'right'],
      figures.confidence.map(({ from, to, right }) => [`${from} to ${to}`, `${right.of}`, shareWords(right)]),
    ),
    '',
    '## What should not have been told',
    '',
    ...calmLines(figures),
    '',
    '## What this does not show',
    '',
    'Faults of other kinds than those named here, of other strengths, or several at once. The answers to broken inputs are those of a stand-in that was trained on the same rows, as nobody but its service can ask the model itself. What became of each fault is as whoever ran the drill sent it to be kept; the audit log has who that was.',
    '',
    '## Every fault',
    '',
    ...table(
      [
        'fault',
        'strength',
        'shape',
        'deployment beside it',
        'columns',
        'found after',
        'causes named',
        'place of the right one',
      ],
      planted.map(outcomeCells),
    ),
    '',
  ].join('\n');
}

function calmLines({ clean, blamed }: DrillFigures): string[] {
  return [
    clean.replays === 0
      ? '- No replay was without a fault: false incidents were not counted.'
      : `- ${clean.incidents} incidents in ${clean.replays} replays in which nothing broke (${clean.buckets} hours).`,
    `- ${clean.early} incidents that opened before the fault that was planted.`,
    blamed.of === 0
      ? '- No innocent deployment went live beside a fault.'
      : `- An innocent deployment at the time of the fault was named as its cause in ${shareWords(blamed)}.`,
  ];
}

function scoreCells({
  name,
  found,
  delay,
  first,
  top_three,
  one_incident,
  two_messages,
}: DrillScore): string[] {
  const rest = [first, top_three, one_incident, two_messages].map(shareWords);
  return [plain(name), `${found.of}`, shareWords(found), delay === null ? '–' : `${delay}`, ...rest];
}

/** `118 of 134 (88 %, 81 to 93)` */
export function shareWords({ n, of, value, low, high }: DrillShare): string {
  const percent = (share: number | null) => Math.round(100 * (share ?? 0));
  return of === 0 ? '–' : `${n} of ${of} (${percent(value)} %, ${percent(low)} to ${percent(high)})`;
}

function outcomeCells(outcome: DrillOutcome): string[] {
  const { fault, strength, shape, innocent, columns, found, delay, causes, place } = outcome;
  const named = causes.slice(0, 3).map(({ kind, columns: of, confidence }) => {
    const where = of.length === 0 ? '' : ` ${of.join(', ')}`;
    return `${kind}${where} ${confidence.toFixed(2)}`;
  });
  return [
    ...[fault ?? '', strength, shape, innocent ? 'yes' : 'no', columns.join(', ')].map(plain),
    found ? `${delay ?? '–'} buckets` : 'not found',
    plain(named.join('; ') || '–'),
    place === null ? 'not named' : `${place}`,
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
