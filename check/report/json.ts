import type { CheckReport } from '../../contract/check.ts';

/** The report as `contract/check.ts` describes it. */
export function jsonReport(report: CheckReport): string {
  return JSON.stringify(report, null, 2);
}
