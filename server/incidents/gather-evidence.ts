import type { Ctx } from '../context.ts';
import type { AlertChange } from './alert-change.ts';
import { diagnose } from './diagnose.ts';
import type { Evidence } from './evidence/evidence.ts';
import { readEvidence } from './evidence/read-evidence.ts';
import type { Fact } from './fact.ts';
import { folded, holdChanged } from './fold.ts';
import { oneSegment, readLoss, type Stretch } from './loss/read-loss.ts';
import { Members } from './members.ts';
import { readModels } from './models.ts';
import { readFacts } from './read-facts.ts';
import { modelsOf, type Thread } from './thread.ts';

/** What could be asked, by model. */
export type Gathered = ReadonlyMap<string, Evidence>;

/** Changes that say something new about what happened; that an alert ends does not. */
const TELLING: ReadonlySet<AlertChange['kind']> = new Set(['begins', 'worse', 'goes_on', 'withdrawn']);
/** Models that are asked about in one go: in a storm the others are told by their alerts, until they change again. */
const MODELS = 20;

/**
 * Asks what hypotheses need about the models of these changes, as their incidents will be once they are folded. Nothing is
 * decided here. A lake that does not answer costs the evidence, not the incident.
 */
export async function gatherEvidence(ctx: Ctx, changes: readonly AlertChange[]): Promise<Gathered> {
  const telling = changes.filter(({ kind }) => TELLING.has(kind));
  const wanted = [...new Set(telling.map(({ model }) => model))].slice(0, MODELS);
  if (wanted.length === 0) return new Map();
  const { rules, rows } = await readModels(
    ctx,
    changes.map(({ model }) => model),
  );
  const before = (await holdChanged(ctx, changes, rules)).map(({ thread }) => thread);
  const { threads } = folded(before, changes, rules, ctx.ids.id);
  const changed = threads.filter((thread) => !before.includes(thread));
  const gathered = new Map<string, Evidence>();
  for (const id of wanted) {
    const thread = changed.filter((each) => modelsOf(each).includes(id)).at(-1);
    const model = rows.get(id);
    if (thread === undefined || model === undefined) continue;
    const to =
      Math.max(...telling.filter((change) => change.model === id).map(({ time }) => time)) + model.bucket_ms;
    const facts = await readFacts(ctx, rows, own(thread, id));
    if (facts.length === 0) continue;
    try {
      const evidence = {
        ...(await readEvidence(ctx, { model, facts, to })),
        loss: await readLoss(ctx, model, stretchOf(facts, to)),
      };
      gathered.set(id, evidence);
      await ctx.turn();
      // What it computes is kept with the evidence: within the transaction little is left to do.
      diagnose(facts, evidence);
    } catch (error) {
      ctx.log.warn({ model: id, error }, 'no evidence could be read: causes are told by alerts alone');
    }
    await ctx.turn();
  }
  return gathered;
}

/** Since the first of its alerts, in the one segment that they are of. */
function stretchOf(facts: readonly Fact[], to: number): Stretch {
  const segment = oneSegment(facts);
  return { segment, from: Math.min(...facts.map(({ since }) => since)), to };
}

/** The alerts of one model in an incident. */
function own({ members }: Thread, model: string): Pick<Thread, 'members'> {
  return { members: new Members([...members].filter((member) => member.model === model)) };
}
