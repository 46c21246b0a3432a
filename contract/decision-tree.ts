import { z } from 'zod';
import { CAUSE_KINDS } from './cause-kinds.ts';

/** A step of a decision tree. */
export interface DecisionStep {
  /** What leads to it and the step itself: `Is the load late? › Restart it`. Names it, also in the timeline of an incident. */
  readonly key: string;
  /** How many steps lead to it. */
  readonly depth: number;
  /** The answer to the step before that leads to it; null: none is named. */
  readonly answer: string | null;
  readonly text: string;
}

const MOST_STEPS = 50;
const DEEPEST = 5;
const LONGEST = 200;
const ANSWER = /^([^:]{1,40}): +(\S.*)$/;

/**
 * The steps of a tree as people write it: a line each, what follows from it two blanks further in, behind the answer that leads there.
 *
 * `decisionSteps('Is the load late?\n  yes: Restart it')[1]` → `{ key: 'Is the load late? › Restart it', depth: 1, answer: 'yes', text: 'Restart it' }`
 */
export function decisionSteps(tree: string): DecisionStep[] {
  const path: string[] = [];
  return linesOf(tree).map((line) => {
    const depth = Math.min(depthOf(line), path.length);
    const [, answer = null, asked = null] = (depth > 0 && ANSWER.exec(line.trim())) || [];
    const text = asked ?? line.trim();
    path.splice(depth, path.length, text);
    return { key: path.join(' › '), depth, answer, text };
  });
}

const linesOf = (tree: string) => tree.split('\n').filter((line) => line.trim() !== '');
const depthOf = (line: string) => Math.floor(line.replaceAll('\t', '  ').search(/\S/) / 2);

/** Why a text is no tree, or null. */
function refusal(tree: string): string | null {
  const [lines, steps] = [linesOf(tree), decisionSteps(tree)];
  if (steps.length === 0) return 'must have at least one step';
  if (steps.length > MOST_STEPS) return `must have at most ${MOST_STEPS} steps`;
  const deep = lines.findIndex((line, i) => depthOf(line) > steps[i]!.depth);
  if (deep >= 0)
    return `has a step that is further in than one below the step before it: ${lines[deep]!.trim()}`;
  if (steps.some(({ depth }) => depth > DEEPEST)) return `must not be deeper than ${DEEPEST + 1} steps`;
  const long = steps.find(({ text }) => text.length > LONGEST);
  if (long) return `has a step of more than ${LONGEST} characters: ${long.text.slice(0, 40)}…`;
  const keys = steps.map(({ key }) => key);
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  return twice === undefined ? null : `has the same step twice in one place: ${twice}`;
}

export const DecisionTree = z
  .string()
  .max(8192, 'must have at most 8,192 characters')
  .check(({ value, issues }) => {
    const why = refusal(value);
    if (why !== null) issues.push({ code: 'custom', message: why, input: value });
  });

/** Which tree is followed for which cause; `any` where the cause has none of its own, or none is named. */
export const DecisionTrees = z.partialRecord(z.enum([...CAUSE_KINDS, 'any']), DecisionTree);
export type DecisionTrees = z.infer<typeof DecisionTrees>;

/** A tree in an incident: of one of its models, for the cause that was found or is the likeliest. */
export const IncidentDecisions = z.object({
  model: z.string(),
  /** Of the tree: a kind of cause, or `any`. */
  cause: z.string(),
  steps: z.array(
    z.object({
      key: z.string(),
      depth: z.number(),
      answer: z.string().nullable(),
      text: z.string(),
      /** Who ticked it, and when; null: nobody has. */
      done: z.object({ by: z.string(), at: z.string() }).nullable(),
    }),
  ),
});
export type IncidentDecisions = z.infer<typeof IncidentDecisions>;
