import type { CheckReport } from '../../contract/check.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';
import { sarifReport } from './sarif.ts';
import { tableReport } from './table.ts';

export interface ReportStyle {
  /** ANSI colours. */
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Every way to write a report; the key is the value of `--format`. */
export const REPORTS = {
  table: tableReport,
  json: jsonReport,
  html: htmlReport,
  markdown: markdownReport,
  junit: junitReport,
  sarif: sarifReport,
} satisfies Record<string, (report: CheckReport, style: ReportStyle) => string>;

export type ReportFormat = keyof typeof REPORTS;
