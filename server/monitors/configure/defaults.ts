import type { Transaction } from 'kysely';
import type { Ctx } from '../../context.ts';
import type { Ledger, MonitorRow } from '../../store/ledger/schema.ts';
import type { Kind } from '../kind.ts';
import { KINDS } from '../kinds/index.ts';
import type { Options } from '../options.ts';

interface DefaultMonitor {
  /** The kind, and the metric where a kind has several: what is remembered of it. */
  readonly name: string;
  readonly kind: Kind;
  readonly options: Options;
}

/** The monitors that every model has without being asked: each kind once, or once for each of its metrics. */
export function defaultMonitors(kinds: readonly Kind[] = KINDS): DefaultMonitor[] {
  return kinds.flatMap((kind) =>
    kind.made.map((options) => ({
      name: [kind.id, options.metric].filter((part) => part !== undefined).join('/'),
      kind,
      options,
    })),
  );
}

/** Those that a model has once telemetry of their metrics has come. */
export function telemetryMonitors(kinds: readonly Kind[] = KINDS): DefaultMonitor[] {
  return kinds.flatMap((kind) =>
    (kind.madeWithTelemetry ?? []).map((options) => ({
      name: `${kind.id}/${options.metric}`,
      kind,
      options,
    })),
  );
}

/**
 * Makes the monitors of telemetry that a model lacks and that were never made for it, of the metrics that have come. `arrived` is asked only where some are
 * lacking. True when any was made.
 */
export async function makeTelemetryMonitors(
  ctx: Pick<Ctx, 'ledger' | 'clock' | 'ids'>,
  model: string,
  arrived: () => Promise<ReadonlySet<string>>,
): Promise<boolean> {
  const wanted = telemetryMonitors();
  const made = await ctx.ledger
    .selectFrom('monitor_defaults')
    .select('name')
    .where('model', '=', model)
    .where(
      'name',
      'in',
      wanted.map(({ name }) => name),
    )
    .execute();
  const known = new Set(made.map(({ name }) => name));
  const lacking = wanted.filter(({ name }) => !known.has(name));
  if (lacking.length === 0) return false;
  const metrics = await arrived();
  const fresh = lacking.filter(({ options }) => metrics.has(options.metric!));
  if (fresh.length > 0) await make(ctx, model, fresh);
  return fresh.length > 0;
}

/**
 * The enabled monitors of a model. Default ones that were never made for it are made, also those of a kind that is newer
 * than the model. Someone who deletes a default monitor does not get it back.
 */
export async function monitorsOf(
  ctx: Pick<Ctx, 'ledger' | 'clock' | 'ids'>,
  model: string,
  kinds: readonly Kind[] = KINDS,
): Promise<MonitorRow[]> {
  const made = await ctx.ledger
    .selectFrom('monitor_defaults')
    .select('name')
    .where('model', '=', model)
    .execute();
  const known = new Set(made.map(({ name }) => name));
  const absent = defaultMonitors(kinds).filter(({ name }) => !known.has(name));
  if (absent.length > 0) await make(ctx, model, absent);
  return enabledMonitors(ctx, model);
}

/** The enabled monitors of a model as they are. */
export function enabledMonitors({ ledger }: Pick<Ctx, 'ledger'>, model: string): Promise<MonitorRow[]> {
  return ledger
    .selectFrom('monitors')
    .selectAll()
    .where('model', '=', model)
    .where('enabled', '=', 1)
    .orderBy('id')
    .execute();
}

/** Models in one statement. */
const MODELS = 500;

/** Models that lack a default monitor which was never made for them. */
export async function lackingDefaults(
  ctx: Pick<Ctx, 'ledger'>,
  models: readonly string[],
): Promise<string[]> {
  const known = new Set<string>();
  const names = defaultMonitors().map(({ name }) => name);
  for (let i = 0; i < models.length; i += MODELS) {
    const complete = await ctx.ledger
      .selectFrom('monitor_defaults')
      .select('model')
      .where('model', 'in', models.slice(i, i + MODELS))
      .where('name', 'in', names)
      .groupBy('model')
      .having((eb) => eb.fn.countAll(), '>=', names.length)
      .execute();
    for (const { model } of complete) known.add(model);
  }
  return models.filter((model) => !known.has(model));
}

/** Each only once, whoever makes it first. */
async function make(
  ctx: Pick<Ctx, 'ledger' | 'clock' | 'ids'>,
  model: string,
  wanted: readonly DefaultMonitor[],
): Promise<void> {
  const now = ctx.clock();
  await ctx.ledger.transaction().execute(async (trx) => {
    const fresh = await trx
      .insertInto('monitor_defaults')
      .values(wanted.map(({ name }) => ({ model, name })))
      .onConflict((conflict) => conflict.doNothing())
      .returning('name')
      .execute();
    const names = new Set(fresh.map(({ name }) => name));
    const rows = wanted
      .filter(({ name }) => names.has(name))
      .map(
        ({ kind, options }): MonitorRow => ({
          id: ctx.ids.id(),
          model,
          kind: kind.id,
          options: JSON.stringify(options),
          severity: kind.severity,
          enabled: 1,
          origin: 'default',
          created_at: now,
          updated_at: now,
        }),
      );
    if (rows.length > 0) await trx.insertInto('monitors').values(rows).execute();
  });
}

/** Whether the monitors of a model that are switched on are still as they were read. They stay so until the transaction ends. */
export async function isUnchanged(
  trx: Transaction<Ledger>,
  model: string,
  read: readonly MonitorRow[],
): Promise<boolean> {
  const now = await trx
    .selectFrom('monitors')
    .select(['id', 'options', 'severity'])
    .where('model', '=', model)
    .where('enabled', '=', 1)
    .forUpdate()
    .execute();
  const rows = new Map(now.map((row) => [row.id, row]));
  return read.every(({ id, options, severity }) => {
    const row = rows.get(id);
    return row?.options === options && row.severity === severity;
  });
}
