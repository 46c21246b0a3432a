import { alertKeys } from '../alerts/alert-rows.ts';
import type { Ctx } from '../context.ts';
import { sayableColumns } from '../models/columns/sayable.ts';
import { severitiesOf } from '../monitors/configure/severities.ts';
import type { ModelRow } from '../store/ledger/schema.ts';
import type { Fact } from './fact.ts';
import { segmentWords } from './segment-words.ts';
import { peakOf, sinceOf, standing, type Thread } from './thread.ts';

/** What is known of the alerts of an incident, the earliest first; what was taken back is not. */
export async function readFacts(
  ctx: Pick<Ctx, 'ledger'>,
  models: ReadonlyMap<string, Pick<ModelRow, 'importance'>>,
  thread: Pick<Thread, 'members'>,
): Promise<Fact[]> {
  const members = standing(thread);
  const alerts = await alertKeys(
    ctx,
    members.map(({ alert }) => alert),
  );
  const severity = await severitiesOf(ctx, [...new Set([...alerts.values()].map(({ monitor }) => monitor))]);
  const split = new Set(
    [...alerts.values()].flatMap(({ model, segment }) => (segment === '' ? [] : [model])),
  );
  const said = await sayableColumns(ctx, [...split]);
  const shares = new Map([...models].map(([id, model]) => [id, importanceOf(model)]));
  const facts = members.flatMap((member): Fact[] => {
    const row = alerts.get(member.alert);
    if (row === undefined) return [];
    const importance = shares.get(member.model)?.get(row.column) ?? null;
    return [
      {
        alert: row.id,
        model: member.model,
        kind: row.kind,
        metric: row.metric,
        column: row.column,
        segment: row.segment,
        segmentText: segmentWords(row.segment, said.get(member.model) ?? new Set()),
        severity: severity.get(row.monitor) ?? 'ticket',
        since: sinceOf(member),
        firing: member.firing,
        peak: peakOf(member)!,
        importance,
        prominence: importance === null ? null : importance * shares.get(member.model)!.size,
      },
    ];
  });
  return facts.sort((a, b) => a.since - b.since || (a.alert < b.alert ? -1 : 1));
}

/** A model's importance by column; empty until known. */
function importanceOf({ importance }: Pick<ModelRow, 'importance'>): Map<string, number> {
  return new Map(
    Object.entries(importance === null ? {} : (JSON.parse(importance) as Record<string, number>)),
  );
}
