import type { CheckReport } from '../../contract/check.ts';

export interface ReportStyle {
  /** ANSI colours. */
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

type WriteReport = (report: CheckReport, style: ReportStyle) => string;

/** Every way to write a report, loaded by who asks for it; the key is the value of `--format`. */
export const REPORTS = {
  table: async () => (await import('./table.ts')).tableReport,
  json: async () => (await import('./json.ts')).jsonReport,
  html: async () => (await import('./html.ts')).htmlReport,
  markdown: async () => (await import('./markdown.ts')).markdownReport,
  junit: async () => (await import('./junit.ts')).junitReport,
  sarif: async () => (await import('./sarif.ts')).sarifReport,
} satisfies Record<string, () => Promise<WriteReport>>;

export type ReportFormat = keyof typeof REPORTS;
