import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CheckReport } from '../../contract/check.ts';
import { failed, schemaSentences } from './order.ts';
import { wholeRemarks, wholeSentence } from './performance.ts';

/** What can be found, as rules of the report. */
const RULES = {
  drift: 'The distribution of a column moved by more than its threshold',
  shift: 'The distribution of a column moved for certain, by less than its threshold',
  quality: 'A column broke: missing, invalid, new or out-of-range values, or a rule',
  schema: 'A column is gone or changed its type',
  rows_as_a_whole: 'The rows as a whole can be told from those of the reference',
  repeated_rows: 'More rows repeat than in the reference',
  dependence: 'Columns do not go together as in the reference',
  performance: 'The model does worse than on the reference',
  not_enough_data: 'There were too few values to judge a column',
} as const;
type RuleId = keyof typeof RULES;

interface Result {
  readonly rule: RuleId;
  readonly level: 'error' | 'warning' | 'note';
  readonly text: string;
  readonly column?: string;
}

/**
 * The report as SARIF 2.1.0, for code scanning and whatever else reads it: a result for each finding, what fails as an
 * error, what moved a little as a warning, what could not be judged as a note. Results lie in the current table.
 */
export function sarifReport(report: CheckReport): string {
  const ids = Object.keys(RULES) as RuleId[];
  const uri = artifact(report.sources.current);
  return JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'tiltmeter check',
              rules: ids.map((id) => ({ id, shortDescription: { text: RULES[id] } })),
            },
          },
          results: resultsOf(report).map(({ rule, level, text, column }) => ({
            ruleId: rule,
            ruleIndex: ids.indexOf(rule),
            level,
            message: { text: column === undefined ? text : `${column}: ${text}` },
            locations: [
              {
                physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } },
                ...(column === undefined ? {} : { logicalLocations: [{ name: column, kind: 'member' }] }),
              },
            ],
            // The same finding of the next run is the same to whoever tracks them.
            partialFingerprints: { 'finding/v1': `${rule}/${column ?? text}` },
          })),
          properties: { verdict: report.verdict, summary: report.summary, rows: report.rows },
        },
      ],
    },
    null,
    2,
  );
}

function resultsOf(report: CheckReport): Result[] {
  const { schema, multivariate, performance } = report;
  const gone = { ...report, schema: { ...schema, added: [] } };
  const whole = wholeSentence(report);
  return [
    ...schemaSentences(gone).map((text): Result => ({ rule: 'schema', level: 'error', text })),
    ...report.columns.flatMap((column): Result[] => {
      const { name, status, reasons } = column;
      const text = reasons.join('; ');
      if (failed(column))
        return [{ rule: status as 'drift' | 'quality', level: 'error', text, column: name }];
      if (status === 'shift') return [{ rule: status, level: 'warning', text, column: name }];
      return status === 'not_enough_data' ? [{ rule: status, level: 'note', text, column: name }] : [];
    }),
    ...(multivariate.drift && whole !== null
      ? [{ rule: 'rows_as_a_whole', level: 'error', text: whole } as const]
      : []),
    ...remarksOf(report),
    ...(performance.degraded
      ? [{ rule: 'performance', level: 'error', text: performance.reasons.join('; ') } as const]
      : []),
  ];
}

function remarksOf(report: CheckReport): Result[] {
  return wholeRemarks(report).map(({ text, bad }) => ({
    rule: text.startsWith('rows that repeat')
      ? 'repeated_rows'
      : text.startsWith('all ')
        ? 'shift'
        : 'dependence',
    level: bad ? 'error' : 'warning',
    text,
  }));
}

/** A path of the checkout as readers of SARIF resolve it; others as a whole address. */
function artifact(source: string): string {
  const path = relative('.', source);
  if (path === '' || path.startsWith('..')) return pathToFileURL(source).href;
  return path.split(/[\\/]/).map(encodeURIComponent).join('/');
}
