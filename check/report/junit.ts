import type { CheckColumn, CheckReport } from '../../contract/check.ts';
import { failed, schemaSentences } from './order.ts';
import { wholeRemarks, wholeSentence } from './performance.ts';

interface Case {
  readonly name: string;
  readonly group: 'table' | 'columns';
  readonly result: null | {
    readonly kind: 'failure' | 'skipped';
    readonly type: string;
    readonly text: string;
  };
}

/**
 * The report as JUnit XML, as GitLab, Jenkins and GitHub actions read it: a test case for each column, and one each for the
 * tables' columns, the rows as a whole, and performance. Failures carry their sentence.
 */
export function junitReport(report: CheckReport): string {
  const cases = [...tableCases(report), ...report.columns.map(columnCase)];
  const times = (kind: 'failure' | 'skipped') => cases.filter(({ result }) => result?.kind === kind).length;
  const seconds = (report.duration_ms / 1000).toFixed(3);
  const counts = `tests="${cases.length}" failures="${times('failure')}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="tiltmeter check" ${counts} time="${seconds}">`,
    `<testsuite name="tiltmeter check" ${counts} skipped="${times('skipped')}" time="${seconds}">`,
    ...cases.map(testCase),
    '</testsuite>',
    '</testsuites>',
  ].join('\n');
}

function tableCases(report: CheckReport): Case[] {
  const { schema, performance, multivariate } = report;
  const changes = schemaSentences(report);
  const broken = schema.removed.length + schema.retyped.length > 0;
  const whole = wholeSentence(report);
  const repeated = wholeRemarks(report).find(({ bad }) => bad);
  const reasons = performance.reasons.join('; ');
  return [
    {
      name: 'columns of the tables',
      group: 'table',
      result: broken ? { kind: 'failure', type: 'schema', text: changes.join('; ') } : null,
    },
    {
      name: 'rows as a whole',
      group: 'table',
      result: multivariate.drift
        ? { kind: 'failure', type: 'drift', text: whole ?? 'moved' }
        : repeated !== undefined
          ? { kind: 'failure', type: 'quality', text: repeated.text }
          : whole === null
            ? skipped(multivariate.reason?.replaceAll('_', ' ') ?? 'not compared')
            : null,
    },
    {
      name: 'performance',
      group: 'table',
      result: performance.degraded
        ? { kind: 'failure', type: 'performance', text: reasons }
        : performance.current === null
          ? skipped(reasons || 'no labels')
          : null,
    },
  ];
}

function columnCase(column: CheckColumn): Case {
  const { name, status, reasons } = column;
  const text = reasons.join('; ');
  const result = failed(column)
    ? ({ kind: 'failure', type: status, text } as const)
    : status === 'ok' || status === 'shift'
      ? null
      : skipped(text);
  return { name, group: 'columns', result };
}

function skipped(text: string) {
  return { kind: 'skipped', type: 'skipped', text } as const;
}

function testCase({ name, group, result }: Case): string {
  const open = `  <testcase classname="tiltmeter.${group}" name="${escapeXml(name)}" time="0"`;
  if (result === null) return `${open}/>`;
  const { kind, type, text } = result;
  // Some readers show the attribute, some the text.
  const body = kind === 'failure' ? `>${escapeXml(`${name}: ${text}`)}</failure>` : '/>';
  return `${open}><${kind} type="${type}" message="${escapeXml(text)}"${body}</testcase>`;
}

function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no place for them
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, '�')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replace(/[\t\n\r]/g, ' ')
  );
}
