import type { DrillFigures, DrillOutcome, DrillScore, DrillShare } from '../../contract/drill.ts';
import { proportion } from '../../stats/intervals/proportion.ts';

/** Bounds of the confidence of the first cause, whose reliability is told. */
const STEPS = [0, 0.5, 0.7, 0.85, 0.95, 1] as const;

/** What a drill found, as figures: over all, by fault, by shape, how much confidence is worth, what an innocent deployment and clean replays did. Pure. */
export function drillFigures(outcomes: readonly DrillOutcome[], cleanBuckets: number): DrillFigures {
  const planted = outcomes.filter(({ fault }) => fault !== null);
  const clean = outcomes.filter(({ fault }) => fault === null);
  const by = (of: (outcome: DrillOutcome) => string) =>
    [...Map.groupBy(planted, of)].map(([name, own]) => scoreOf(name, own));
  const beside = planted.filter(({ innocent, found }) => innocent && found);
  const sum = (of: readonly DrillOutcome[], count: (outcome: DrillOutcome) => number) =>
    of.reduce((total, outcome) => total + count(outcome), 0);
  return {
    all: scoreOf('all', planted),
    by_fault: by(({ fault }) => fault!),
    by_shape: by(({ shape }) => shape),
    confidence: STEPS.slice(0, -1).map((from, i) => ({
      from,
      to: STEPS[i + 1]!,
      right: rightOf(planted, i),
    })),
    blamed: shareOf(
      beside,
      ({ causes, fault }) => fault !== 'new_version' && causes[0]?.kind === 'new_version',
    ),
    clean: {
      replays: clean.length,
      buckets: clean.length * cleanBuckets,
      incidents: sum(clean, ({ incidents, false_incidents }) => incidents + false_incidents),
      early: sum(planted, ({ false_incidents }) => false_incidents),
    },
  };
}

function scoreOf(name: string, outcomes: readonly DrillOutcome[]): DrillScore {
  const found = outcomes.filter((outcome) => outcome.found);
  const delays = found.flatMap(({ delay }) => delay ?? []).sort((a, b) => a - b);
  return {
    name,
    found: shareOf(outcomes, (outcome) => outcome.found),
    delay: delays[Math.floor(delays.length / 2)] ?? null,
    first: shareOf(found, ({ place }) => place === 1),
    top_three: shareOf(found, ({ place }) => place !== null && place <= 3),
    one_incident: shareOf(found, ({ incidents }) => incidents === 1),
    two_messages: shareOf(found, ({ notifications }) => notifications <= 2),
  };
}

/** Of the causes that were named first with a confidence of this step, those that were right; the last step has its end. */
function rightOf(outcomes: readonly DrillOutcome[], step: number): DrillShare {
  const [from, to] = [STEPS[step]!, STEPS[step + 1]!];
  const last = step === STEPS.length - 2;
  const named = outcomes.filter(({ causes: [first] }) => {
    if (first === undefined || first.confidence < from) return false;
    return last ? first.confidence <= to : first.confidence < to;
  });
  return shareOf(named, ({ place }) => place === 1);
}

function shareOf(of: readonly DrillOutcome[], is: (outcome: DrillOutcome) => boolean): DrillShare {
  const n = of.filter(is).length;
  const share = proportion(n, of.length);
  const known = 'reason' in share ? { value: null, low: null, high: null } : share;
  return { n, of: of.length, value: known.value, low: known.low, high: known.high };
}
