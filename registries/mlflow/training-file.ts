import type { Mlflow } from './client.ts';
import { type MlflowRun, tagOf } from './entities.ts';
import type { ReadVersion } from './read-model.ts';

/** Where the rows that a version was trained on lie among the artefacts of its run. */
export interface TrainingFile {
  readonly run: string;
  readonly path: string;
}

interface Artifact {
  readonly path: string;
  readonly is_dir?: boolean;
}

/** Names that training sets have. */
const TRAINING = /^(train|training|reference)[^/]*\.(csv|tsv|parquet|jsonl|arrow)(\.gz|\.zst)?$/i;
/** Folders in which they lie. */
const FOLDERS = /^(data|dataset|datasets|training|train|reference)$/i;
/** What can be read as a table. */
const TABLE = /\.(csv|tsv|parquet|jsonl|arrow)(\.gz|\.zst)?$/i;

/**
 * The training set of a version among the artefacts of its run: what the tag `tiltmeter.reference` of the version or its run names, else the data
 * set that was logged for training where its source is an artefact, else a file that is named like one. Null where there is none. Errors:
 * MlflowError.
 */
export async function trainingFile(
  mlflow: Mlflow,
  { version, run, entity }: ReadVersion,
): Promise<TrainingFile | null> {
  if (version.run === null || run === null) return null;
  const tagged = tagOf(entity.tags, 'tiltmeter.reference') ?? tagOf(run.data?.tags, 'tiltmeter.reference');
  if (tagged !== undefined) return { run: version.run, path: tagged };
  const logged = loggedIn(run);
  if (logged !== null) return logged;
  const path = await named(mlflow, version.run);
  return path === null ? null : { run: version.run, path };
}

/** `runs:/ID/data/train.csv` and `mlflow-artifacts:/1/ID/artifacts/data/train.csv` name artefacts of runs. Pure. */
export function loggedIn(run: MlflowRun): TrainingFile | null {
  for (const { tags, dataset } of run.inputs?.dataset_inputs ?? []) {
    const context = tagOf(tags, 'mlflow.data.context');
    if (context !== undefined && !/^train/i.test(context)) continue;
    const uri = uriOf(dataset.source);
    const [, id, path] =
      /^runs:\/+([0-9a-f]{32})\/(.+)$/.exec(uri) ??
      /^mlflow-artifacts:\/.*\/([0-9a-f]{32})\/artifacts\/(.+)$/.exec(uri) ??
      [];
    if (id !== undefined && path !== undefined && TABLE.test(path)) return { run: id, path };
  }
  return null;
}

function uriOf(source = ''): string {
  try {
    const { uri = '' } = JSON.parse(source) as { uri?: string };
    return String(uri);
  } catch {
    return source;
  }
}

async function named(mlflow: Mlflow, run: string): Promise<string | null> {
  const list = async (path?: string) =>
    (
      await mlflow.get<{ files?: Artifact[] }>('artifacts/list', {
        run_id: run,
        ...(path === undefined ? {} : { path }),
      })
    ).files ?? [];
  const top = await list();
  const own = fileIn(top);
  if (own !== null) return own;
  for (const { path, is_dir } of top) {
    if (!is_dir || !FOLDERS.test(path)) continue;
    const found = fileIn(await list(path));
    if (found !== null) return found;
  }
  return null;
}

const fileIn = (files: readonly Artifact[]) =>
  files.find(({ path, is_dir }) => !is_dir && TRAINING.test(path.split('/').at(-1)!))?.path ?? null;
