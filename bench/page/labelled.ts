import { startTestApp } from '../../test/app.ts';
import { askedByPages } from './asked.ts';
import { fillLabelled, MODEL } from './labelled-model.ts';
import { type Cost, type Measured, measure } from './measured.ts';

/** Pages under a model; the empty name is its screen. */
const PAGES = ['segments', 'quality', 'fairness', 'versions', 'explain', ''];

/** What the pages of one large labelled model ask for, over its month. Markdown. */
export async function labelled(dataDir: string, rows: number): Promise<string> {
  const tilt = await startTestApp({ dataDir });
  try {
    const { from, to } = await fillLabelled(tilt, rows);
    const range = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
    const address = (name: string) => `/models/${MODEL}${name === '' ? '' : `/${name}`}?${range}`;
    const pages = await askedByPages(
      tilt,
      Object.fromEntries(PAGES.map((name) => [name === '' ? 'model' : name, address(name)])),
    );
    const found = await measure(tilt, pages);
    return `## Pages of a labelled model

${rows.toLocaleString('en')} predictions over 30 days, two versions, twenty segments, protected attributes, nine tenths of them labelled. What Chromium asked for each page; a request
that an earlier page asks too is told there. Cold: of a range that was never asked before; warm: of the page's again and again. Milliseconds; processor time of server and lake.

| page | request | cold p50 | cold p95 | processor | statements, lake + ledger | rows read | KiB | warm p50 | warm p95 | processor | statements | rows read |
|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
${found.map(lineOf).join('\n')}`;
  } finally {
    await tilt.stop();
  }
}

function lineOf({ page, what, cold, warm }: Measured): string {
  const whole = (value: number) => Math.round(value).toLocaleString('en');
  const statements = ({ lake, ledger }: Cost) => `${Number(lake.toFixed(1))} + ${Number(ledger.toFixed(1))}`;
  const cells = [
    ...[
      page,
      shortened(what),
      whole(cold.p50),
      whole(cold.p95),
      whole(cold.cpu),
      statements(cold),
      whole(cold.rows),
    ],
    ...[
      (cold.bytes / 1024).toFixed(1),
      whole(warm.p50),
      whole(warm.p95),
      whole(warm.cpu),
      statements(warm),
      whole(warm.rows),
    ],
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Without what is the same in all: `/api/v1/models/large/traffic?from=…&to=…` → `/traffic` */
function shortened(path: string): string {
  const [name = '', query = ''] = path.replace('/api/v1', '').replace(`/models/${MODEL}`, '').split('?');
  const told = [...new URLSearchParams(query)].filter(([key]) => key !== 'from' && key !== 'to');
  const more = told.map(([key, value]) => `${key}=${value}`).join('&');
  return (name || '/') + (more === '' ? '' : `?${more}`);
}
