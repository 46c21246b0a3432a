import type { DigestIncident, DigestOnly } from '../../../contract/digest.ts';
import type { Cause } from '../../../contract/incident.ts';
import type { ModelLoss } from '../../../contract/loss.ts';
import { rfc3339 } from '../../../contract/time.ts';
import type { Ctx } from '../../context.ts';
import { type IncidentWithin, incidentsWithin } from '../../incidents/incidents-within.ts';
import { layersOfIncidents } from '../../incidents/layers-of-incidents.ts';
import { lossBrief } from '../../incidents/loss/loss-sentence.ts';

/** Incidents that are read, of those that go on and of those that ended each. */
export const MOST_INCIDENTS = 2_000;

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** An incident, and the models of the digest that it concerns. */
export interface Concerned {
  readonly row: IncidentWithin;
  readonly models: readonly string[];
  readonly what: DigestIncident['what'];
}

/** The incidents of a range that a digest is about, the most urgent first. `models`: what it is about; `everything`: incidents of no model, too. */
export async function concernedIncidents(
  ctx: Ctx,
  range: Range,
  { priority, layers }: Pick<DigestOnly, 'priority' | 'layers'>,
  { models, everything }: { readonly models: ReadonlySet<string>; readonly everything: boolean },
): Promise<{ incidents: Concerned[]; all: boolean }> {
  const rows = await incidentsWithin(ctx, range, MOST_INCIDENTS);
  const found = rows
    .filter((row) => priority === null || row.priority <= priority)
    .map((row) => ({
      row,
      models: row.models.filter((model) => models.has(model)),
      what: whatOf(row, range),
    }))
    .filter((each) => each.models.length > 0 || (everything && each.row.models.length === 0));
  const of =
    layers.length === 0
      ? null
      : await layersOfIncidents(
          ctx,
          found.map(({ row }) => row.id),
        );
  const incidents =
    of === null ? found : found.filter(({ row }) => layers.some((layer) => of.get(row.id)!.has(layer)));
  const most = (over: boolean) => rows.filter(({ status }) => (status === 'resolved') === over).length;
  return { incidents, all: Math.max(most(true), most(false)) < MOST_INCIDENTS };
}

/** What became of an incident in a range. Pure. */
function whatOf({ opened_at, resolved_at }: IncidentWithin, { from, to }: Range): DigestIncident['what'] {
  const opened = opened_at >= from;
  const over = resolved_at !== null && resolved_at < to;
  if (over) return opened ? 'opened_and_resolved' : 'resolved';
  return opened ? 'opened' : 'going_on';
}

/** Whether it waits for the weekly review: of the least urgent, and nobody has acknowledged it. */
export const waitsForReview = ({ row }: Concerned): boolean => row.priority === 'P3' && row.status === 'open';

/** An incident as a digest tells it. `nameOf`: what people call a model. Pure. */
export function incidentOf({ row, what }: Concerned, nameOf: (model: string) => string): DigestIncident {
  const [likeliest] = JSON.parse(row.causes) as Cause[];
  return {
    ...{ id: row.id, priority: row.priority, title: row.title, what, status: row.status },
    model_names: row.models.map(nameOf),
    cause: likeliest?.sentence ?? null,
    cost: costOf(row, nameOf),
    opened_at: rfc3339(row.opened_at),
    resolved_at: row.resolved_at === null ? null : rfc3339(row.resolved_at),
    acknowledge_ms: row.acknowledged_at === null ? null : Math.max(0, row.acknowledged_at - row.opened_at),
  };
}

/** Models of an incident of which a digest says what it costs. */
const COSTS = 3;

/** What it costs, of each of its models that are told, where it costs something for certain. Pure. */
function costOf({ models, losses }: IncidentWithin, nameOf: (model: string) => string): string | null {
  const known = (JSON.parse(losses) as ModelLoss[]).flatMap(({ model, loss }) => {
    const brief = loss === null || !models.includes(model) ? null : lossBrief(loss);
    return brief === null ? [] : [models.length === 1 ? brief : `${nameOf(model)} ${brief}`];
  });
  return known.length === 0 ? null : known.slice(0, COSTS).join('; ');
}
