import type { CheckColumn, CheckReport } from '../../contract/check.ts';
import { PAGE_SCRIPT } from './html-script.ts';
import { PAGE_STYLE } from './html-style.ts';
import { byRank, schemaSentences } from './order.ts';

/** Columns whose distributions the page holds, and columns it lists: the page stays under 2 MB whatever the table. */
const DRAWN = 400;
const LISTED = 5000;

/** One self-contained page: verdict, searchable table, distributions on demand; no request to anywhere. */
export function htmlReport(report: CheckReport): string {
  const columns = byRank(report).slice(0, LISTED);
  const omitted = report.columns.length - columns.length;
  const data = {
    verdict: report.verdict,
    summary: report.summary,
    rows: report.rows,
    sources: report.sources,
    duration_ms: report.duration_ms,
    schema: schemaSentences(report),
    notes: [
      ...report.notes,
      ...(omitted > 0
        ? [`${omitted} columns that rank last are left out of this page; the JSON report has all`]
        : []),
    ],
    performance: report.performance,
    multivariate: { ...report.multivariate, columns: report.multivariate.columns.slice(0, 10) },
    columns: columns.map((column, i) => slim(column, i < DRAWN)),
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<title>Tiltmeter check: ${report.verdict}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main id="page"></main>
<noscript>This report draws itself with JavaScript; \`tiltmeter check --format table\` needs none.</noscript>
<script type="application/json" id="report">${inert(JSON.stringify(data))}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

/** JSON that cannot end its script element, whatever the names in it. */
function inert(json: string): string {
  return json.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

function slim(column: CheckColumn, drawn: boolean) {
  const { name, type, status, reasons, missing, invalid, score, summary, rank, tests } = column;
  const bins = drawn
    ? column.bins.map(({ label, kind, reference, current }) => [clip(label), kind, reference, current])
    : [];
  return {
    name,
    type,
    status,
    reasons: reasons.map(clip),
    missing,
    invalid,
    score,
    rank,
    bins,
    ...(drawn ? { summary, tests } : {}),
  };
}

function clip(text: string): string {
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}
