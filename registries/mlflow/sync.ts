import type { Reference } from '../../contract/reference.ts';
import type { Registered, Registration } from '../../contract/registry.ts';
import { type Mlflow, MlflowError } from './client.ts';
import { type MlflowModel, tagOf } from './entities.ts';
import { nameHere, type ReadModel, readModel, sentence } from './read-model.ts';
import { type TrainingFile, trainingFile } from './training-file.ts';
import { type Figures, writeBack } from './write-back.ts';

/** What is done here with what MLflow says. What it throws is told in one sentence, and holds up no other model. */
export interface Here {
  register(model: string, registration: Registration): Promise<Registered>;
  references(model: string): Promise<readonly Pick<Reference, 'name' | 'kind' | 'default'>[]>;
  addReference(model: string, reference: TrainingReference): Promise<void>;
  /** What is known of the versions of a model that answer, by version. */
  figures(model: string): Promise<ReadonlyMap<string, Figures>>;
  /** An error of the above in a sentence; throws what is none of one model alone. */
  sentence(error: unknown): string;
}

/** A training set as a reference. */
export interface TrainingReference {
  readonly name: string;
  /** Monitors that name none compare with it from now on. */
  readonly default: boolean;
  /** Name of the file, by which its format is known. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Its column of labels, where MLflow says so. */
  readonly label?: string | undefined;
}

export interface SyncOptions {
  /** The one registered model that is asked for; all of them when absent. */
  readonly only?: string | undefined;
  /** Training sets become references. */
  readonly references: boolean;
  /** Figures become tags and metrics in MLflow. */
  readonly writeBack: boolean;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** What became of one registered model. */
export interface Synced {
  /** Its name in MLflow. */
  readonly name: string;
  /** Its name here; null where it has none. */
  readonly model: string | null;
  readonly registered: Registered | null;
  /** Name of the reference that was added. */
  readonly reference: string | null;
  /** Tags and metrics that were written. */
  readonly written: number;
  /** What could not be had or taken, in sentences. */
  readonly notes: readonly string[];
  /** It could not be brought over. */
  readonly failed: boolean;
}

/** Training sets larger than this are left where they are. */
const TRAINING_BYTES = 64 * 1024 * 1024;

/**
 * Brings registered models over, one after the other as they come: whatever is wrong with one is said of it, and the next one comes. Doing it again
 * changes nothing where nothing has changed. Errors: MlflowError when MLflow as a whole cannot be asked (away, credentials, something else answers).
 */
export async function* sync(mlflow: Mlflow, here: Here, options: SyncOptions): AsyncGenerator<Synced> {
  const taken = new Map<string, string>();
  for await (const model of modelsOf(mlflow, options.only)) {
    if (tagOf(model.tags, 'tiltmeter.sync') === 'off') continue;
    const id = nameHere(model);
    const before = id === null ? undefined : taken.get(id);
    if (id === null || before !== undefined) {
      yield { ...NOTHING, name: model.name, failed: true, notes: [unnamed(model, id, before)] };
      continue;
    }
    taken.set(id, model.name);
    yield await syncModel(mlflow, here, model, id, options);
  }
}

const NOTHING = { model: null, registered: null, reference: null, written: 0 };

async function* modelsOf(mlflow: Mlflow, only: string | undefined): AsyncGenerator<MlflowModel> {
  if (only === undefined)
    yield* mlflow.pages<MlflowModel>('registered-models/search', { max_results: 100 }, 'registered_models');
  else
    yield (await mlflow.get<{ registered_model: MlflowModel }>('registered-models/get', { name: only }))
      .registered_model;
}

function unnamed({ name }: MlflowModel, id: string | null, before: string | undefined): string {
  const why =
    id === null
      ? `${name} cannot be the name of a model here (1 to 64 letters, digits, ".", "_" or "-")`
      : `${before} is called ${id} here already`;
  return `${why}: give the registered model in MLflow the tag tiltmeter.model with the name under which its predictions are sent.`;
}

async function syncModel(
  mlflow: Mlflow,
  here: Here,
  entity: MlflowModel,
  model: string,
  options: SyncOptions,
): Promise<Synced> {
  let read: ReadModel;
  let registered: Registered;
  try {
    read = await readModel(mlflow, entity);
    registered = await here.register(model, read.registration);
  } catch (error) {
    return { ...NOTHING, name: entity.name, model, failed: true, notes: [inWords(here, error)] };
  }
  const notes = [...read.notes, ...columnNotes(registered)];
  let failed = false;
  const attempt = async <T>(what: string, run: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      failed = true;
      notes.push(`${what}: ${inWords(here, error)}`);
      return otherwise;
    }
  };
  const reference = options.references
    ? await attempt('The training set is no reference', () => addTraining(mlflow, here, model, read), null)
    : null;
  const written = options.writeBack
    ? await attempt('Not all was written back', () => writeFigures(mlflow, here, model, read, options), 0)
    : 0;
  return { name: entity.name, model, registered, reference, written, notes, failed };
}

const inWords = (here: Here, error: unknown) =>
  error instanceof MlflowError ? sentence(error) : here.sentence(error);

function columnNotes({ columns: { kept, refused } }: Registered): string[] {
  const other = kept.map(
    ({ name, is, registered }) => `${name} (${is} here, ${registered} in the signature)`,
  );
  return [
    ...(other.length === 0 ? [] : [`Columns that stay what they are here: ${other.join(', ')}.`]),
    ...(refused.length === 0 ? [] : [`Inputs whose names no column here can have: ${refused.join(', ')}.`]),
  ];
}

/** The training set of the chosen version, once. */
async function addTraining(
  mlflow: Mlflow,
  here: Here,
  model: string,
  { chosen }: ReadModel,
): Promise<string | null> {
  if (chosen === null) return null;
  const file = await trainingFile(mlflow, chosen);
  if (file === null) return null;
  const name = referenceName(chosen.version.registered_as, file);
  const references = await here.references(model);
  if (references.some((one) => one.name === name)) return null;
  const bytes = await mlflow.file('get-artifact', { run_id: file.run, path: file.path }, TRAINING_BYTES);
  // What somebody chose to compare with stays; what Tiltmeter took by itself makes way.
  const chosenByPeople = references.some((one) => one.default && one.kind !== 'automatic');
  await here.addReference(model, {
    name,
    default: !chosenByPeople,
    file: file.path.split('/').at(-1)!,
    bytes,
    label: tagOf(chosen.entity.tags, 'tiltmeter.label') ?? tagOf(chosen.run?.data?.tags, 'tiltmeter.label'),
  });
  return name;
}

/** `training data of MLflow version 3 (train.csv)` */
const referenceName = (version: string, { path }: TrainingFile) =>
  `training data of MLflow version ${version} (${path.split('/').at(-1)!})`.slice(0, 128);

async function writeFigures(
  mlflow: Mlflow,
  here: Here,
  model: string,
  { versions }: ReadModel,
  { clock }: SyncOptions,
): Promise<number> {
  const figures = await here.figures(model);
  let written = 0;
  for (const version of versions) {
    const known = figures.get(version.version.version);
    if (known !== undefined) written += await writeBack(mlflow, version, known, clock());
  }
  return written;
}
