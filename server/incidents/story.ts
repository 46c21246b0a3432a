import type { Cause, Priority } from '../../contract/incident.ts';
import type { ModelLoss } from '../../contract/loss.ts';
import { kindOf } from '../monitors/kinds/index.ts';
import type { IncidentRow } from '../store/ledger/schema.ts';
import { brokenColumns } from './causes/cause.ts';
import { diagnose } from './diagnose.ts';
import type { Evidence } from './evidence/evidence.ts';
import { type Fact, increase } from './fact.ts';
import { listed, titleOf } from './title.ts';

/** A column without any importance may still have broken something. */
const LEAST = 0.02;
/** A model of which so much of what it goes by is broken is down, whatever its labels will say. */
const DOWN = 0.5;

export interface Story {
  readonly title: string;
  readonly priority: Priority;
  readonly causes: Cause[];
  /** As in the incident's row: what the causes rest on. */
  readonly diagnosed: IncidentRow['diagnosed'];
  /** What it costs, as far as that was asked. */
  readonly losses: readonly ModelLoss[];
}

/** An incident told from its facts: one sentence, how urgent, what explains it. `evidence`: what else could be asked. */
export function tell(
  facts: readonly Fact[],
  startedAt: number,
  evidence: Evidence | null = null,
  first = facts[0]?.model,
): Story {
  const title = titleOf(facts, byWeight(facts), startedAt);
  return {
    title,
    priority: evidence?.loss?.loss?.urgent ? 'P1' : priorityOf(facts),
    causes: explained(facts, evidence, first),
    diagnosed: evidence === null ? 0 : 1,
    losses: evidence?.loss ? [evidence.loss] : [],
  };
}

/**
 * What explains an incident, asked of the model that comes first in it: what other models have is told as what follows. `first`: its id.
 */
export function explained(
  facts: readonly Fact[],
  evidence: Evidence | null,
  first: string | undefined,
): Cause[] {
  const own = facts.filter(({ model }) => model === first);
  const others = [...new Set(facts.filter(({ model }) => model !== first).map(({ model }) => model))];
  if (own.length === 0 || others.length === 0) return diagnose(facts, evidence);
  const follows = `It began in ${first} and reaches ${listed(others, 'models')}.`;
  return diagnose(own, evidence).map((cause, i) =>
    i > 0 ? cause : { ...cause, sentence: `${cause.sentence.replace(/[^.]$/, '$&.')} ${follows}` },
  );
}

/**
 * How urgent an incident is: as urgent as the worst of its alerts, of which each kind says how urgent it is. Broken data in
 * a column that hardly matters, and what its owner marked as a ticket, is P3; broken data in half of what the model goes by is P1 at once. What costs as much a day as people said is urgent is P1 whatever it is
 * (see `tell`).
 */
export function priorityOf(facts: readonly Fact[]): Priority {
  return brokenAttention(facts) >= DOWN ? 'P1' : (`P${Math.min(3, ...facts.map(urgency))}` as Priority);
}

/** The share of what a model goes by that is broken, of the worst model: of each column that pages, importance × share of its rows. */
function brokenAttention(facts: readonly Fact[]): number {
  const broken = facts.filter(({ kind, severity }) => severity === 'page' && kindOf(kind)?.harm === 'data');
  return Math.max(0, ...[...Map.groupBy(broken, ({ model }) => model).values()].map(sumOfWorst));
}

function sumOfWorst(facts: readonly Fact[]): number {
  const columns = Map.groupBy(facts, ({ column }) => column).values();
  const lost = ({ importance, peak }: Fact) => (importance ?? 0) * increase(peak);
  return [...columns].reduce((sum, own) => sum + Math.max(...own.map(lost)), 0);
}

function urgency({ kind, severity, prominence }: Fact): number {
  if (severity === 'ticket') return 3;
  const { harm, urgency = 2 } = kindOf(kind) ?? {};
  const minor = harm === 'data' && prominence !== null && prominence < 0.5;
  return minor ? 3 : urgency;
}

/** Columns by how far they moved × how much the model relies on them, for the title. */
function byWeight(facts: readonly Fact[]): string[] {
  const importance = new Map(facts.map((fact) => [fact.column, fact.importance]));
  const broken = brokenColumns(facts);
  const weight = ({ kind, column, peak }: Fact) => {
    // A share ε of rows in a bin of their own is a distance of about √ε.
    const shift =
      broken.has(column) && kindOf(kind)?.role === 'broken' ? Math.sqrt(increase(peak)) : (peak.value ?? 0);
    return shift * weightOf(column, importance);
  };
  const moved = facts.filter(({ kind, column }) => column !== '' && kindOf(kind)?.cause !== undefined);
  return [...new Set(moved.sort((a, b) => weight(b) - weight(a)).map(({ column }) => column))];
}

function weightOf(column: string, importance: ReadonlyMap<string, number | null>): number {
  const known = [...importance.values()].filter((share) => share !== null);
  if (known.length === 0 || column === '') return 1;
  // A column that came after importance was measured counts like an average one.
  const average = known.reduce((sum, share) => sum + share, 0) / known.length;
  return Math.max(LEAST, importance.get(column) ?? average);
}
