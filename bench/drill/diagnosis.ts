import { HOUR } from '../../cli/demo/story.ts';
import type { DrillTable } from '../../cli/drill/drill-table.ts';
import { type Replayed, replayed } from '../../cli/drill/replayed.ts';
import type { Scenario } from '../../cli/drill/scenario.ts';
import type { Outcome } from '../../cli/drill/score.ts';
import { type Trained, trained } from '../../cli/drill/trained.ts';
import type { Case } from '../../server/incidents/causes/cause.ts';
import { diagnose } from '../../server/incidents/diagnose.ts';
import type { Fact } from '../../server/incidents/fact.ts';
import { fact } from '../../server/incidents/test-facts.ts';
import { type AnsweredRow, CHANGED_AT, caseOfRows } from '../../server/incidents/testing/case-of-rows.ts';

const LENGTH = { clean: 24, faulty: 8, rows: 250 };

/** The same faults without a server: rows before and after as evidence, and alerts as monitors raise them at these sizes. What the diagnosis alone is worth, in minutes instead of hours. */
export function diagnosisAlone(scenarios: readonly Scenario[], tables: readonly DrillTable[]): Outcome[] {
  return Array.from(casesOf(scenarios, tables), outcomeOf);
}

/** What is known of one planted fault. */
export interface PlantedCase {
  readonly scenario: Scenario;
  readonly columns: readonly string[];
  readonly about: Case;
}

/** The cases of all scenarios in which something breaks, one after the other: none is held. */
export function* casesOf(
  scenarios: readonly Scenario[],
  tables: readonly DrillTable[],
  length = LENGTH,
): Generator<PlantedCase> {
  const models = new Map(tables.map((table) => [table.name, trained(table, 1)]));
  for (const scenario of scenarios) {
    const model = models.get(scenario.table)!;
    const replay = replayed(scenario, model, length, 0);
    if (scenario.fault === null || replay.planted === null) continue;
    yield { scenario, columns: replay.planted.columns, about: caseOf(scenario, replay, model, length) };
  }
}

function caseOf(scenario: Scenario, replay: Replayed, model: Trained, length: typeof LENGTH): Case {
  const before: AnsweredRow[] = [];
  const after: AnsweredRow[] = [];
  const ends = (length.clean + length.faulty) * HOUR;
  for (const { time, ask, label } of replay.story.questions) {
    const { features, score, prediction, latency_ms, error } = ask(() => 0);
    const answer = score ?? (typeof prediction === 'number' ? prediction : Number.NaN);
    const row = {
      features: features as AnsweredRow['features'],
      answer,
      // What has not come by the end of the replay is not known.
      label: label.time! > ends ? null : (label.label as string),
      latencyMs: latency_ms ?? 0,
      error: error ?? null,
    };
    (time < replay.onset ? before : after).push(row);
  }
  const of = (kind: string) =>
    Object.entries(model.table.features).flatMap(([name, each]) => (each === kind ? [name] : []));
  const load = after.length / length.faulty / length.rows;
  const deployed = scenario.innocent || replay.planted?.version === true;
  return caseOfRows({
    ...{ before, after, load, numeric: of('numeric'), categorical: of('categorical') },
    more: alertsOf(model.table, before, after, load),
    versions: deployed ? [{ version: 'v2', first: CHANGED_AT, before: 0, after: 1 }] : [],
  });
}

function outcomeOf({ scenario, columns, about }: PlantedCase): Outcome {
  const found = about.facts.length > 0;
  const causes = found ? diagnose(about.facts, about.evidence) : [];
  const place = causes.findIndex(({ kind }) => kind === scenario.fault?.kind);
  return {
    ...{
      scenario,
      found,
      columns,
      delay: null,
      decidable: null,
      incidents: 1,
      falseIncidents: 0,
    },
    ...{ notifications: 1, told: [], ofItself: [], title: '', alerts: about.facts.map(({ alert }) => alert) },
    causes: causes.map(({ kind, column, columns, confidence, sentence }) => ({
      ...{ kind, confidence, sentence, columns: columns ?? (column === '' ? [] : [column]) },
    })),
    place: place < 0 ? null : place + 1,
  };
}

/** Alerts of the model as a whole. */
function alertsOf(
  table: DrillTable,
  before: readonly AnsweredRow[],
  after: readonly AnsweredRow[],
  load: number,
): Fact[] {
  const numbers = table.positive === null;
  const off = ({ answer, label }: AnsweredRow) =>
    numbers
      ? Math.abs(answer - Number(label))
      : Number((answer >= 0.5 ? table.positive : table.negative) !== label);
  const loss = (rows: readonly AnsweredRow[]) =>
    mean(rows.filter(({ answer, label }) => Number.isFinite(answer) && label !== null).map(off));
  const p99 = (rows: readonly AnsweredRow[]) =>
    rows.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b)[Math.floor(0.99 * rows.length)]!;
  const failed = (rows: readonly AnsweredRow[]) => mean(rows.map(({ error }) => Number(error !== null)));
  const [was, now] = [loss(before), loss(after)];
  const quality = numbers
    ? { metric: 'mae', value: now, baseline: was }
    : { metric: 'accuracy', value: 1 - now, baseline: 1 - was };
  return [
    ...((numbers ? now > 1.25 * was : now - was > 0.05) ? [fact('performance', '', quality)] : []),
    ...(p99(after) > 1.5 * p99(before)
      ? [fact('latency', '', { metric: 'p99', value: p99(after), baseline: p99(before) })]
      : []),
    ...(failed(after) > 0.01 ? [fact('error_rate', '', { value: failed(after), baseline: 0 })] : []),
    ...(load > 5 || load < 0.2
      ? [fact('volume', '', { value: load * LENGTH.rows, baseline: LENGTH.rows })]
      : []),
  ];
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
