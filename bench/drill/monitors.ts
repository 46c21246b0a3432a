import { decidableAt } from '../../cli/drill/decidable/decidable-at.ts';
import type { Thresholds } from '../../cli/drill/decidable/tests.ts';
import type { DrillTable } from '../../cli/drill/drill-table.ts';
import { type Length, lengthOf, replayed } from '../../cli/drill/replayed.ts';
import type { Scenario } from '../../cli/drill/scenario.ts';
import type { Outcome } from '../../cli/drill/score.ts';
import { type Trained, trained } from '../../cli/drill/trained.ts';
import { judgeSeries } from '../../server/alerts/series.ts';
import { measure } from '../../server/monitors/judge/series/judgeable.ts';
import { settingsOf } from '../../server/monitors/judge/state/settings.ts';
import type { Kind } from '../../server/monitors/kind.ts';
import { KINDS } from '../../server/monitors/kinds/index.ts';
import type { ColumnSubject } from '../../server/monitors/subject.ts';
import { type Cell, columnOf, MISFIT, MODEL } from '../../server/monitors/test-subjects.ts';

const HOUR = 3_600_000;

/**
 * When the monitors of columns and of answers tell a fault, and what they tell before it, without a server: those of quality, labels, service and volume are left out, so
 * that a fault is found no earlier with them than it is here.
 */
export function monitorsAlone(
  scenarios: readonly Scenario[],
  tables: readonly DrillTable[],
  asked: Length,
): Outcome[] {
  const models = new Map(tables.map((table) => [table.name, trained(table, 1)]));
  return scenarios.flatMap((scenario) => {
    const model = models.get(scenario.table)!;
    const length = lengthOf(scenario, asked);
    const fired = firings(scenario, model, length);
    const again = replayed(scenario, model, length, 0);
    if (scenario.fault !== null && again.planted === null) return [];
    const own = fired.filter(({ bucket }) => bucket >= length.clean).sort((a, b) => a.bucket - b.bucket);
    const first = own[0];
    return [
      {
        ...{ scenario, columns: again.planted?.columns ?? [], found: first !== undefined },
        delay: first === undefined ? null : first.bucket - length.clean + 1,
        decidable: scenario.fault && decidableAt(again, model, length.rows, THRESHOLDS),
        ...{ incidents: Number(first !== undefined), falseIncidents: fired.length - own.length },
        ...{ notifications: 0, told: [], ofItself: [], causes: [], place: null, title: '' },
        alerts: [...new Set(own.map(({ alert }) => alert))],
      },
    ];
  });
}

const THRESHOLDS: Thresholds = new Map(
  KINDS.flatMap(({ id, metrics, defaults }) => [
    [id, defaults.threshold] as const,
    ...metrics.map((metric) => [`${id}/${metric.id}`, metric.threshold ?? defaults.threshold] as const),
  ]),
);

interface Firing {
  readonly bucket: number;
  readonly alert: string;
}

function firings(scenario: Scenario, model: Trained, length: Length): Firing[] {
  const { story } = replayed(scenario, model, length, 0);
  const hours: Map<string, Cell[]>[] = [];
  for (const { time, ask } of story.questions) {
    while (hours.length * HOUR <= time) hours.push(new Map());
    const { features, score, prediction } = ask(() => 0);
    const cells = { ...features, [ANSWER]: score ?? (typeof prediction === 'number' ? prediction : null) };
    for (const [name, cell] of Object.entries(cells)) {
      const held = hours.at(-1)!.get(name) ?? [];
      held.push(cellOf(typeOf(model, name), cell));
      hours.at(-1)!.set(name, held);
    }
  }
  const reference = model.grounds.rows;
  return [...Object.keys(model.table.features), ANSWER].flatMap((name) => {
    const type = typeOf(model, name);
    const before = reference.map(({ features }) =>
      cellOf(type, name === ANSWER ? model.model.predict(features) : features[name]),
    );
    const subject = columnOf(
      before,
      hours.map((hour) => hour.get(name) ?? []),
      type,
    );
    return kindsOf(name, type).flatMap((kind) => firingsOf(kind, name, subject, hours.length));
  });
}

const ANSWER = '_answer';

function kindsOf(name: string, type: 'numeric' | 'categorical'): Kind[] {
  return KINDS.filter(
    ({ reads, perColumn, columnType, made, id }) =>
      reads === 'column' &&
      made.length > 0 &&
      (name === ANSWER ? id === 'prediction_drift' : perColumn && (columnType ?? type) === type),
  );
}

function firingsOf(kind: Kind, name: string, subject: ColumnSubject, buckets: number): Firing[] {
  const { settings, rules } = settingsOf(kind, {}, MODEL);
  const judged = judgeSeries(
    (index) => measure(kind, subject, index, settings),
    ...([0, buckets] as const),
    (index) => index,
    rules,
    null,
  );
  return judged.transitions.flatMap(({ from, to, time }) =>
    to === 'firing' && from !== 'firing' ? [{ bucket: time, alert: `${kind.id} ${name}` }] : [],
  );
}

const typeOf = ({ table }: Trained, name: string) => table.features[name] ?? 'numeric';

function cellOf(type: 'numeric' | 'categorical', cell: unknown): Cell {
  if (cell === null || cell === undefined) return null;
  if (type === 'categorical') return String(cell);
  return typeof cell === 'number' ? cell : MISFIT;
}
