import type { ZodError, z } from 'zod';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { MonitorOptions } from '../../../contract/monitor.ts';
import type { Ctx } from '../../context.ts';
import { profiledColumns } from '../../models/columns/profiled-columns.ts';
import { findReference } from '../../profiles/references/find-reference.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';
import type { Kind } from '../kind.ts';
import { KINDS, kindOf } from '../kinds/index.ts';
import type { Options } from '../options.ts';
import { watchedName } from '../watched/name.ts';

/** The kind of that id. Errors: invalid_request, with the kinds that there are. */
export function knownKind(id: string): Kind {
  const kind = kindOf(id);
  if (kind) return kind;
  const ids = KINDS.map((each) => each.id).join(', ');
  throw new TiltmeterError('invalid_request', `there is no kind of monitor ${id}; there are ${ids}`);
}

/**
 * Refuses a monitor that its kind cannot be, or that could never judge this model: an option that the kind does not have,
 * a column that does not exist or is of another type, a reference that is not there. Errors: invalid_request, in a
 * sentence that names the kind and the option.
 */
export async function checkMonitor(
  ctx: Pick<Ctx, 'ledger'>,
  model: Pick<ModelRow, 'id' | 'task' | 'segments' | 'protected'>,
  kind: Kind,
  wanted: MonitorOptions,
): Promise<void> {
  const options = parseOptions(kind, wanted);
  const reason =
    (await refuseColumns(ctx, model.id, kind, options)) ??
    (await refuseReference(ctx, model.id, options)) ??
    refuseSegments(model, options) ??
    refuseSeries(options) ??
    kind.refuse?.(model, options);
  if (reason) throw new TiltmeterError('invalid_request', `${kind.id} could never judge: ${reason}`);
}

function parseOptions(kind: Kind, wanted: MonitorOptions): Options {
  const parsed = kind.options.safeParse(wanted);
  if (parsed.success) return parsed.data as Options;
  const details = parsed.error.issues.map((issue) => ({
    path: ['options', ...issue.path].join('.'),
    message: issue.message,
  }));
  throw new TiltmeterError('invalid_request', sentence(kind, parsed.error, wanted), {
    details,
    cause: parsed.error,
  });
}

/** `options.threshold of drift must lie between 0 and 1, in the unit of the value: 0.03 is 3 %; it is 5` */
function sentence(kind: Kind, error: ZodError, wanted: MonitorOptions): string {
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys')
    return `${kind.id} has no option ${issue.keys.join(', ')}; it has ${optionNames(kind).join(', ')}`;
  const [name] = issue?.path ?? [];
  const value = name === undefined ? undefined : wanted[String(name)];
  const own = /^must /.test(issue?.message ?? '');
  const is = typeof value === 'number' || typeof value === 'string' ? `; it is ${value}` : '';
  return `${['options', ...(issue?.path ?? [])].join('.')} of ${kind.id}${own ? ' ' : ': '}${issue?.message}${own ? is : ''}`;
}

function optionNames(kind: Kind): string[] {
  return Object.keys((kind.options as z.ZodObject).shape);
}

async function refuseColumns(
  ctx: Pick<Ctx, 'ledger'>,
  model: string,
  kind: Kind,
  { columns }: Options,
): Promise<string | null> {
  if (columns === undefined || columns === 'all') return null;
  const made = columns.find((name) => name.startsWith('_'));
  if (made !== undefined)
    return `${made} is no feature; what the model answers is judged by kinds with one series per model`;
  const known = new Map((await profiledColumns(ctx, model)).map(({ name, type }) => [name, type]));
  // A model that was declared and has sent nothing yet has no columns: nobody can tell which it will have.
  if (![...known.keys()].some((name) => !name.startsWith('_'))) return null;
  const absent = columns.find((name) => !known.has(name));
  if (absent !== undefined) return `${model} has no column ${absent}`;
  const other = columns.find((name) => kind.columnType !== undefined && known.get(name) !== kind.columnType);
  if (other !== undefined)
    return `it looks at ${kind.columnType} columns, and ${other} is ${known.get(other)}`;
  return null;
}

function refuseSegments({ id, segments }: Pick<ModelRow, 'id' | 'segments'>, { by }: Options): string | null {
  const none = segments === null || segments === '[]';
  return by === 'segment' && none ? `${id} is not split: set its segments first, such as ["country"]` : null;
}

/** Whether a signal is one that can be: of a kind that there is, by a metric that it has, and not of one that itself looks at signals. */
function refuseSeries({ series }: Options): string | null {
  if (series === undefined) return null;
  const { kind: id, metric } = watchedName(series);
  const kind = kindOf(id);
  if (kind === undefined || kind.reads === 'watched') return `there is no signal of a kind ${id}`;
  if (kind.reads !== 'quality' && !kind.metrics.some((each) => each.id === metric))
    return `${id} has no metric ${metric}; it has ${kind.metrics.map((each) => each.id).join(', ')}`;
  return null;
}

async function refuseReference(
  ctx: Pick<Ctx, 'ledger'>,
  model: string,
  { reference }: Options,
): Promise<string | null> {
  if (reference === undefined) return null;
  try {
    await findReference(ctx, model, reference);
    return null;
  } catch (error) {
    if (error instanceof TiltmeterError && error.code === 'not_found')
      return `${model} has no reference ${reference}`;
    throw error;
  }
}
