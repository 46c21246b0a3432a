import { gridOf } from '../../../stats/asinh-grid.ts';
import { jsDistance } from '../../../stats/distances/js-distance.ts';
import { binCounts, referenceBins, specialBin } from '../../../stats/reference-bins.ts';
import { categoricalProfile, MISFIT, numericProfile } from '../../profiles/compute.ts';
import type { Profile } from '../../profiles/profile.ts';
import type { Cell, Rows } from '../../profiles/read/sample-rows.ts';
import type { Case } from '../causes/cause.ts';
import type { ColumnEvidence, VersionEvidence } from '../evidence/evidence.ts';
import { valuesOf } from '../evidence/values-of.ts';
import type { Fact } from '../fact.ts';
import { fact } from '../test-facts.ts';

/** A prediction with its label, as a test has it. */
export interface AnsweredRow {
  readonly features: Readonly<Record<string, Cell>>;
  readonly answer: number;
  readonly label: Cell;
  readonly latencyMs: number;
  readonly error: string | null;
}

export interface RowCase {
  readonly before: readonly AnsweredRow[];
  readonly after: readonly AnsweredRow[];
  /** What alerts compare with; the rows before where there are no others. */
  readonly reference?: readonly AnsweredRow[];
  readonly numeric: readonly string[];
  readonly categorical: readonly string[];
  /** How much more is asked after the change. */
  readonly load?: number;
  readonly versions?: readonly VersionEvidence[];
  /** More alerts than the columns give. */
  readonly more?: readonly Fact[];
}

const HOUR = 3_600_000;
export const CHANGED_AT = Date.UTC(2026, 10, 2);

/** What would be known of a model whose rows before a moment and after it are these: the alerts of their columns, and the evidence. */
export function caseOfRows({
  before,
  after,
  reference = before,
  numeric,
  categorical,
  load = 1,
  versions = [],
  more = [],
}: RowCase): Case {
  const columns = new Map<string, ColumnEvidence>();
  const compared: ColumnEvidence[] = [];
  const add = (name: string, type: 'numeric' | 'categorical', of: (row: AnsweredRow) => Cell) => {
    const column = columnOf(name, type, before.map(of), after.map(of));
    columns.set(name, column);
    compared.push(reference === before ? column : columnOf(name, type, reference.map(of), after.map(of)));
  };
  for (const name of numeric) add(name, 'numeric', ({ features }) => features[name]!);
  for (const name of categorical) add(name, 'categorical', ({ features }) => features[name]!);
  add('_score', 'numeric', ({ answer }) => answer);
  add('_latency_ms', 'numeric', ({ latencyMs }) => latencyMs);
  add('_error', 'categorical', ({ error }) => error ?? '');
  const labels = before.some(({ label }) => typeof label === 'number') ? 'numeric' : 'categorical';
  add('_label', labels, ({ label }) => label);
  const rows = { before: rowsOf(sampled(before)), after: rowsOf(sampled(after)) };
  for (const [name, column] of columns) columns.set(name, { ...column, values: valuesOf(column, rows) });
  const onset = { at: CHANGED_AT, low: CHANGED_AT, high: CHANGED_AT };
  return {
    facts: [...compared.flatMap(alertsOf), ...more],
    evidence: {
      ...{
        within: '',
        model: 'm',
        bucketMs: HOUR,
        onset,
        onsets: new Map(),
        columns,
        versions,
        changes: [],
        seasons: [],
      },
      traffic: { before: 100, after: 100 * load },
      rows,
    },
  };
}

function columnOf(
  name: string,
  type: ColumnEvidence['type'],
  before: readonly Cell[],
  after: readonly Cell[],
): ColumnEvidence {
  const grid = type === 'numeric' ? gridOf(before.filter((cell) => typeof cell === 'number')) : null;
  const profile = (cells: readonly Cell[]): Profile =>
    type === 'numeric'
      ? numericProfile(
          cells.map((cell) => (cell === null || typeof cell === 'number' ? cell : MISFIT)),
          grid,
        )
      : categoricalProfile(cells.map((cell) => (cell === null ? null : String(cell))));
  return { name, type, grid, before: profile(before), after: profile(after), values: null };
}

/** What the monitors of a column would say. */
function alertsOf({ name, before, after, type }: ColumnEvidence): Fact[] {
  const hidden = name.startsWith('_');
  if (name === '_label' || name === '_latency_ms' || name === '_error') return [];
  const share = (count: number, profile: Profile) => count / Math.max(1, profile.n);
  const bins = referenceBins(before, { type });
  const [then, now] = [binCounts(before, bins), binCounts(after, bins)];
  const special = (which: 'out_of_range' | 'new', counts: readonly number[], profile: Profile) =>
    share(counts[specialBin(bins, which)]!, profile);
  const found: [kind: string, value: number, baseline: number, least: number][] = [
    ['missing', share(after.missing, after), share(before.missing, before), 0.05],
    ['invalid', share(after.invalid, after), share(before.invalid, before), 0.02],
    ['range', special('out_of_range', now, after), special('out_of_range', then, before), 0.05],
    ['new_category', type === 'categorical' ? special('new', now, after) : 0, 0, 0.05],
  ];
  const distance = jsDistance(then, now);
  const drift = 'value' in distance ? distance.value : 0;
  const broken = hidden ? [] : found.filter(([, value, baseline, least]) => value - baseline > least);
  return [
    ...broken.map(([kind, value, baseline]) => fact(kind, name, { value, baseline })),
    ...(drift > 0.1
      ? [fact(hidden ? 'prediction_drift' : 'drift', hidden ? '' : name, { value: drift })]
      : []),
  ];
}

/** About as many as a server reads, from the whole stretch. */
function sampled(rows: readonly AnsweredRow[]): AnsweredRow[] {
  const every = Math.max(1, Math.floor(rows.length / 1500));
  return rows.filter((_, i) => i % every === 0);
}

function rowsOf(rows: readonly AnsweredRow[]): Rows {
  // As many as are read together.
  const names = Object.keys(rows[0]?.features ?? {}).slice(0, 60);
  return {
    n: rows.length,
    cells: new Map([
      ...names.map((name): [string, readonly Cell[]] => [
        name,
        rows.map(({ features }) => features[name] ?? null),
      ]),
      ['_score', rows.map(({ answer }) => answer)],
    ]),
    labels: rows.map(({ label }) => label),
  };
}
