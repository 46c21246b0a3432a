import { decisionSteps, type IncidentDecisions } from '../../contract/decision-tree.ts';
import { TiltmeterError } from '../../contract/errors.ts';
import type { Cause, IncidentChange } from '../../contract/incident.ts';
import { rfc3339 } from '../../contract/time.ts';
import type { Ctx } from '../context.ts';
import { decisionTrees } from '../models/decisions.ts';
import type { IncidentEventRow, IncidentRow } from '../store/ledger/schema.ts';

type Event = Pick<IncidentEventRow, 'at' | 'kind' | 'actor' | 'text'>;

/**
 * The decision trees of its models for an incident: for the cause that a person found, else the likeliest, else for any; with what was ticked, as its
 * timeline says.
 */
export async function decisionsOf(
  ctx: Pick<Ctx, 'ledger'>,
  row: Pick<IncidentRow, 'found' | 'causes'>,
  models: readonly string[],
  timeline: readonly Event[],
): Promise<IncidentDecisions[]> {
  const [likeliest] = JSON.parse(row.causes) as Cause[];
  const cause = row.found ?? likeliest?.kind ?? 'any';
  const ticked = tickedBy(timeline);
  return (await decisionTrees(ctx, models)).flatMap(({ model, trees }) => {
    const of = cause in trees ? (cause as keyof typeof trees) : 'any';
    const tree = trees[of];
    if (tree === undefined) return [];
    const steps = decisionSteps(tree).map((step) => ({ ...step, done: ticked.get(step.key) ?? null }));
    return [{ model, cause: of, steps }];
  });
}

/** The line of the timeline for a step that somebody ticks, or takes back. Errors: invalid_request, when no tree of the incident has it. */
export function stepEvent(
  { key, done }: NonNullable<IncidentChange['step']>,
  decisions: readonly IncidentDecisions[],
): Pick<IncidentEventRow, 'kind' | 'text'> {
  if (!decisions.some(({ steps }) => steps.some((step) => step.key === key)))
    throw new TiltmeterError(
      'invalid_request',
      'step: no decision tree of this incident has it; it may have been changed. Look again, then tick',
    );
  return { kind: done ? 'step_done' : 'step_undone', text: key };
}

/** Who ticked which step last, where nobody took it back since. */
function tickedBy(timeline: readonly Event[]): ReadonlyMap<string, { by: string; at: string }> {
  const ticked = new Map<string, { by: string; at: string }>();
  for (const { at, kind, actor, text } of timeline) {
    if (kind === 'step_done' && !ticked.has(text)) ticked.set(text, { by: actor, at: rfc3339(at) });
    if (kind === 'step_undone') ticked.delete(text);
  }
  return ticked;
}
