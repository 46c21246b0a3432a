import { TiltmeterError } from '../../../contract/errors.ts';
import type { SimilarIncident } from '../../../contract/incident.ts';
import { rfc3339 } from '../../../contract/time.ts';
import { alertRows } from '../../alerts/alert-rows.ts';
import { authorise } from '../../authorise.ts';
import type { Ctx } from '../../context.ts';
import { modelNames } from '../../models/find-model.ts';
import type { IncidentRow } from '../../store/ledger/schema.ts';
import { causeOf, columnsOf, type Likeness, likeness } from './similar.ts';

/** The newest that are looked at, and those of them that are shown. */
const LOOKED_AT = 300;
const SHOWN = 5;
/** Less is no likeness: the same model alone, or one kind of alert. */
const ALIKE = 2;

/** Past incidents that were like this one, the likest first, with what was found and said of them. Errors: not_found. */
export async function listSimilar(
  ctx: Ctx,
  id: string,
): Promise<{ items: SimilarIncident[]; next_cursor: null }> {
  authorise(ctx.actor, 'read');
  const row = await ctx.ledger.selectFrom('incidents').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new TiltmeterError('not_found', 'There is no such incident');
  const past = await ctx.ledger
    .selectFrom('incidents')
    .selectAll()
    .where('status', '=', 'resolved')
    .where('withdrawn', '=', 0)
    .where('merged_into', 'is', null)
    .where('id', '!=', id)
    .orderBy('id', 'desc')
    .limit(LOOKED_AT)
    .execute();
  const likenesses = await likenessesOf(ctx, [row, ...past]);
  const own = likenesses.get(id)!;
  const ranked = past
    .map((each) => ({ row: each, ...likeness(own, likenesses.get(each.id)!) }))
    .filter(({ score }) => score >= ALIKE)
    .sort((a, b) => b.score - a.score || (a.row.id < b.row.id ? 1 : -1))
    .slice(0, SHOWN);
  const words = await lastWords(
    ctx,
    ranked.map(({ row }) => row.id),
  );
  const names = await modelNames(ctx, [
    ...new Set(ranked.flatMap(({ row }) => [...likenesses.get(row.id)!.models])),
  ]);
  const items = ranked.map(({ row, because }) => {
    const models = [...likenesses.get(row.id)!.models];
    return {
      id: row.id,
      models,
      model_names: models.map((model) => names.get(model) ?? model),
      title: row.title,
      opened_at: rfc3339(row.opened_at),
      resolved_at: row.resolved_at === null ? null : rfc3339(row.resolved_at),
      because,
      verdict: row.verdict,
      cause: causeOf(row),
      found: row.found !== null,
      helped: words.get(row.id) ?? null,
    };
  });
  return { items, next_cursor: null };
}

async function likenessesOf(ctx: Ctx, rows: readonly IncidentRow[]): Promise<Map<string, Likeness>> {
  const members = await ctx.ledger
    .selectFrom('incident_alerts')
    .select(['incident', 'alert', 'model'])
    .where(
      'incident',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
  const alerts = await alertRows(ctx, [...new Set(members.map(({ alert }) => alert))]);
  const byIncident = Map.groupBy(members, ({ incident }) => incident);
  return new Map(
    rows.map((row) => {
      const own = byIncident.get(row.id) ?? [];
      const models = new Set([row.model, ...own.map(({ model }) => model)].filter((model) => model !== ''));
      const kinds = new Set(own.flatMap(({ alert }) => alerts.get(alert)?.kind ?? []));
      return [row.id, { models, cause: causeOf(row), columns: columnsOf(row), kinds }];
    }),
  );
}

/** The newest comment that a person left on each. */
async function lastWords(ctx: Ctx, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, { by: string; text: string }>();
  const rows = await ctx.ledger
    .selectFrom('incident_events')
    .select(['incident', 'actor', 'text'])
    .where('incident', 'in', [...ids])
    .where('kind', '=', 'comment')
    .where('actor', '!=', 'system')
    .orderBy('seq')
    .execute();
  return new Map(rows.map(({ incident, actor, text }) => [incident, { by: actor, text }]));
}
