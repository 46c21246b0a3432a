import { counted } from '../../contract/counted.ts';
import { figure } from '../table.ts';
import type { Figure, ReplayReport } from './report.ts';

/** What a replay showed, for people. */
export function replayInWords(report: ReplayReport): string {
  const { rows, answered, unanswered, task, agreement, drift, quality, latency_ms } = report;
  const classes = task === 'classes';
  const lines = [
    ['answered', `${answered.toLocaleString('en-US')} of ${counted(rows, 'row')}`],
    ...unanswered.map(({ reason, n, example }) => ['', `${n} ${reason.replaceAll('_', ' ')} (${example})`]),
    ['answer time', `p50 ${figure(latency_ms.p50)} ms, p95 ${figure(latency_ms.p95)} ms`],
    ...shown(classes ? 'same answer' : 'mean distance from what is stored', agreement),
    ...shown('JS distance of the answers', drift),
    ...shown(`${classes ? 'accuracy' : 'mean absolute error'}, endpoint`, quality.candidate),
    ...shown(`${classes ? 'accuracy' : 'mean absolute error'}, stored`, quality.stored),
    ...shown('endpoint less stored, row by row', quality.difference),
  ];
  const width = Math.max(...lines.map(([name]) => name!.length)) + 2;
  return lines.map(([name, text]) => `${name!.padEnd(width)}${text}`).join('\n');
}

/** Nothing where there are no rows of it. */
function shown(name: string, of: Figure): string[][] {
  if (of.n === 0) return [];
  if (!('value' in of)) return [[name, `${of.reason.replaceAll('_', ' ')}, n = ${of.n}`]];
  return [
    [
      name,
      `${figure(of.value)} (${figure(of.low)} to ${figure(of.high)}), n = ${of.n.toLocaleString('en-US')}`,
    ],
  ];
}
