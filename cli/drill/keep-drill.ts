import type { Tiltmeter } from '../../clients/typescript/tiltmeter.ts';
import type { Drill, NewDrill } from '../../contract/drill.ts';
import type { Outcome } from './score.ts';

/** Has a server keep what a drill found, for its page and its report. Errors: those of the server. */
export function keepDrill(
  server: Tiltmeter,
  drill: Omit<NewDrill, 'outcomes'>,
  outcomes: readonly Outcome[],
): Promise<Drill> {
  return server.call<Drill>('POST', '/drills', { ...drill, outcomes: outcomes.map(outcomeOf) });
}

function outcomeOf({
  scenario,
  causes,
  falseIncidents,
  title,
  ...outcome
}: Outcome): NewDrill['outcomes'][0] {
  const { fault, strength, shape, innocent, table } = scenario;
  const { columns, found, delay, incidents, notifications, place } = outcome;
  return {
    ...{ fault: fault?.kind ?? null, strength: strength.name, shape, innocent, table },
    ...{ columns: [...columns], found, delay, incidents, notifications, place },
    false_incidents: falseIncidents,
    causes: causes
      .slice(0, 20)
      .map(({ kind, columns: of, confidence }) => ({ kind, columns: [...of], confidence })),
    title: title.slice(0, 1024),
  };
}
