import type { CheckReport } from '../../contract/check.ts';
import { failed, schemaSentences } from './order.ts';

/** The report as JUnit XML: one test case for each column, one for the schema. */
export function junitReport(report: CheckReport): string {
  const schema = schemaSentences(report).filter((sentence) => !sentence.endsWith('is new'));
  const cases = [
    testCase('schema', schema.length > 0 ? { kind: 'failure', text: schema.join('; ') } : null),
    ...report.columns.map((column) =>
      testCase(
        column.name,
        failed(column)
          ? { kind: 'failure', text: column.reasons.join('; ') }
          : column.status === 'ok'
            ? null
            : { kind: 'skipped', text: column.reasons.join('; ') },
      ),
    ),
  ];
  const failures = report.columns.filter(failed).length + (schema.length > 0 ? 1 : 0);
  const skipped = report.columns.filter(
    (column) => column.status === 'skipped' || column.status === 'not_enough_data',
  ).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites><testsuite name="tiltmeter check" tests="${cases.length}" failures="${failures}" skipped="${skipped}" time="${(report.duration_ms / 1000).toFixed(3)}">`,
    ...cases,
    '</testsuite></testsuites>',
  ].join('\n');
}

function testCase(name: string, result: { kind: 'failure' | 'skipped'; text: string } | null): string {
  const open = `  <testcase classname="tiltmeter.columns" name="${escapeXml(name)}"`;
  return result === null
    ? `${open}/>`
    : `${open}><${result.kind} message="${escapeXml(result.text)}"/></testcase>`;
}

function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no place for them
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '�')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
