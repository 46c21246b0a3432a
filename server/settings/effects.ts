import { counted } from '../../contract/counted.ts';
import type { ChangeEffects, ColumnType, ModelChange } from '../../contract/model.ts';
import { authorise } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { isCodes } from '../models/columns/meaning.ts';
import { findModel, modelColumns } from '../models/find-model.ts';
import { impactOf } from '../models/impact.ts';
import { ownRules, serverRules } from '../models/privacy/rules.ts';
import { inWords, refuseSettings } from '../models/refuse-settings.ts';
import { profileHead } from '../profiles/heads/read-heads.ts';
import { OWN_SEGMENTS, splitNames, splitText } from '../profiles/segments/split.ts';
import type { ColumnRow, ModelRow } from '../store/ledger/schema.ts';
import { privacyEffects } from './privacy-effects.ts';

type Effect = ChangeEffects['items'][number];

/** Values that a roll-up takes in a second, about, on a small machine that also does other work. */
const VALUES_PER_SECOND = 1_000_000;

/** What is known of a model's size. */
export interface Size {
  readonly predictions: number;
  readonly labels: number;
  readonly columns: number;
  /** What its columns are now. */
  readonly known: ReadonlyMap<string, Pick<ColumnRow, 'type' | 'meaning'>>;
}

/** What a change would do, before anybody makes it. Errors: not_found, invalid_request, conflict. */
export async function previewChange(ctx: Ctx, id: string, change: ModelChange): Promise<ChangeEffects> {
  authorise(ctx.actor, 'read');
  const model = await findModel(ctx, id);
  await refuseSettings(ctx, model, change);
  const { predictions = 0, labels = 0 } = (await profileHead(ctx, id)) ?? {};
  const columns = await modelColumns(ctx, id);
  const known = new Map(columns.map((column) => [column.name, column]));
  const items = effectsOf(model, change, { predictions, labels, columns: columns.length, known });
  if (change.privacy === undefined) return { items };
  return {
    items: [
      ...items,
      ...privacyEffects(change.privacy, columns, { server: await serverRules(ctx), before: ownRules(model) }),
    ],
  };
}

/**
 * What a change does, field by field, in sentences; only of fields that are changed. Pure.
 * `effectsOf(model, { owner: 'risk' }, size)` → one sentence, seconds null
 */
export function effectsOf(model: ModelRow, change: ModelChange, size: Size): Effect[] {
  const effects: Effect[] = [];
  const tell = (field: string, sentence: string, seconds: number | null = null) =>
    effects.push({ field, sentence, seconds });
  const all = seconds((size.columns + 3) * size.predictions);
  const labelled = seconds(4 * size.labels);
  if (changed(model, change, 'bucket_ms'))
    tell(
      'bucket_ms',
      `All profiles are made anew in buckets of ${inWords(change.bucket_ms!)}; signals of the past stay as they were judged`,
      all,
    );
  if (changed(model, change, 'task'))
    tell('task', `What labels say is counted anew, as of a ${change.task} model`, labelled);
  if (changed(model, change, 'positive_label'))
    tell(
      'positive_label',
      `Quality is computed with ${shown(change.positive_label)} as the positive class`,
      labelled,
    );
  if (changed(model, change, 'ranking_k'))
    tell(
      'ranking_k',
      `NDCG, MAP and hit rate are counted anew, of the first ${counted(change.ranking_k!, 'item')} of each list`,
      model.task === 'ranking' ? labelled : null,
    );
  if (changed(model, change, 'window_ms'))
    tell('window_ms', `Drift is judged over the last ${inWords(change.window_ms!)}, from the next bucket on`);
  if (changed(model, change, 'label_delay_ms'))
    tell(
      'label_delay_ms',
      change.label_delay_ms === 0
        ? 'Quality of a bucket is judged as soon as its labels are there'
        : `Quality of a bucket is judged when labels have had ${inWords(change.label_delay_ms!)}`,
    );
  if (change.impact !== undefined && JSON.stringify(change.impact) !== JSON.stringify(impactOf(model)))
    tell(
      'impact',
      change.impact === null
        ? 'The value of answers is not computed any more'
        : 'The value of answers is computed by it, on every page at once, and judged from the next bucket on',
    );
  if (changed(model, change, 'retention_days'))
    tell(
      'retention_days',
      change.retention_days === null
        ? 'Predictions are kept as long as those of all models'
        : `Predictions older than ${counted(change.retention_days!, 'day')} are removed within the hour, whole months at a time; their profiles stay`,
    );
  if (change.segments !== undefined || change.protected !== undefined) {
    const changed_to = {
      segments: change.segments ? JSON.stringify(change.segments) : model.segments,
      protected: change.protected ? JSON.stringify(change.protected) : model.protected,
    };
    const splits = splitNames(changed_to);
    const field = change.segments !== undefined ? 'segments' : 'protected';
    if (splitText(changed_to) !== splitText(model))
      tell(field, splitSentence(splits), splits.length === 0 ? null : all * splits.length + labelled);
  }
  if (change.importance !== undefined)
    tell(
      'importance',
      change.importance === null
        ? 'Importance is learned from predictions again'
        : 'Importance stays as you set it: it is not learned any more',
    );
  for (const [name, { type }] of Object.entries(change.columns ?? {})) {
    if (type === undefined) continue;
    if (turns(size.known.get(name), type))
      tell(`columns.${name}`, turnSentence(name, type), seconds(size.predictions));
    else tell(`columns.${name}`, columnSentence(name, type));
  }
  return effects;
}

function splitSentence(splits: readonly (readonly string[])[]): string {
  if (splits.length === 0) return 'Predictions are not split any more; the profiles of segments are removed';
  const by = splits.map((columns) => columns.join(' and ')).join(', ');
  return `The predictions that are kept are split by ${by}: of each, the ${OWN_SEGMENTS} most frequent values get profiles of their own, the rest shares one`;
}

/** Whether numbers become categories, or are numbers again: then they are counted anew. */
function turns(column: Pick<ColumnRow, 'type' | 'meaning'> | undefined, type: ColumnType): boolean {
  return column?.type === 'numeric' && isCodes(column) !== (type === 'categorical');
}

function turnSentence(name: string, type: ColumnType): string {
  const now = type === 'categorical' ? 'categories' : 'numbers';
  return `${name} is counted anew as ${now} from the predictions that are kept, and judged anew; ${columnSentence(name, type)}`;
}

function columnSentence(name: string, type: string): string {
  if (type === 'ignored') return `${name} is not watched any more; its values are stored as before`;
  if (type === 'text' || type === 'identifier' || type === 'time')
    return `Of ${name} only missing and invalid values are watched, from the next bucket on`;
  return `${name} is watched as ${type}, from the next bucket on`;
}

function changed(model: ModelRow, change: ModelChange, field: keyof ModelRow & keyof ModelChange): boolean {
  return change[field] !== undefined && change[field] !== model[field];
}

const shown = (label: string | null | undefined) => (label == null ? 'the usual one' : `“${label}”`);

const seconds = (values: number) => Math.max(1, Math.ceil(values / VALUES_PER_SECOND));
