import { counted } from '../../contract/counted.ts';
import { TiltmeterError } from '../../contract/errors.ts';
import type { ModelChange } from '../../contract/model.ts';
import type { Ctx } from '../context.ts';
import type { ModelRow } from '../store/ledger/schema.ts';
import { modelColumns } from './find-model.ts';

/** Refuses settings that are good one by one and make no sense together. Errors: invalid_request, conflict. */
export async function refuseSettings(
  ctx: Pick<Ctx, 'ledger'>,
  model: ModelRow,
  change: Partial<ModelChange>,
): Promise<void> {
  const bucket = change.bucket_ms ?? model.bucket_ms;
  const window = change.window_ms ?? model.window_ms;
  const timed = change.bucket_ms !== undefined || change.window_ms !== undefined;
  if (timed && window < bucket)
    throw new TiltmeterError(
      'invalid_request',
      `the window (${inWords(window)}) must not be shorter than a bucket (${inWords(bucket)})`,
    );
  if (change.importance)
    await refuseImportance(ctx, model.id, change.importance, Object.keys(change.columns ?? {}));
  refuseSplits(change);
  refuseLineage(model.id, change);
  if (change.name != null) await refuseName(ctx, model.id, change.name);
}

/** What a prediction has of itself splits nothing: features and tags do, those too that were not sent yet. */
function refuseSplits({ segments = [], protected: guarded = [] }: Partial<ModelChange>): void {
  const own = [...segments, ...guarded].flat().find((name) => name.startsWith('_'));
  if (own !== undefined)
    throw new TiltmeterError(
      'invalid_request',
      `segments: ${own} is neither a feature nor a tag; name one of these`,
    );
}

/** A circle over several models is told, not refused: it may be so. */
function refuseLineage(model: string, { upstream = [], sources = [] }: Partial<ModelChange>): void {
  if (upstream.includes(model))
    throw new TiltmeterError('invalid_request', `upstream: ${model} cannot be upstream of itself`);
  const names = sources.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new TiltmeterError(
      'invalid_request',
      `sources: ${twice} is named twice; name all its columns once`,
    );
}

async function refuseImportance(
  ctx: Pick<Ctx, 'ledger'>,
  model: string,
  importance: Record<string, number>,
  declared: readonly string[],
): Promise<void> {
  const stored = (await modelColumns(ctx, model)).map(({ name }) => name);
  const known = new Set([...stored, ...declared]);
  // One that was declared without columns gets them with what is sent.
  if (![...known].some((name) => !name.startsWith('_'))) return;
  const absent = Object.keys(importance).find((name) => !known.has(name));
  if (absent !== undefined)
    throw new TiltmeterError('invalid_request', `importance: ${model} has no column ${absent}`);
}

/** Two models that are called the same cannot be told apart. */
async function refuseName({ ledger }: Pick<Ctx, 'ledger'>, model: string, name: string): Promise<void> {
  const other = await ledger
    .selectFrom('models')
    .select('id')
    .where('id', '!=', model)
    .where((eb) => eb.or([eb('id', '=', name), eb('name', '=', name)]))
    .executeTakeFirst();
  if (other) throw new TiltmeterError('conflict', `there is another model that is called ${name}`);
}

const UNITS = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1000, 'second'],
] as const;

/** A length of time in its largest whole unit. `inWords(7_200_000)` → '2 hours' */
export function inWords(ms: number): string {
  const [unit, name] = UNITS.find(([length]) => ms >= length && ms % length === 0) ?? [1, 'millisecond'];
  const n = ms / unit;
  return counted(n, name);
}
