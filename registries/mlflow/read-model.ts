import { MODEL_NAME, PRINTABLE_NAME } from '../../contract/name.ts';
import type { RegisteredVersion, Registration } from '../../contract/registry.ts';
import { type Mlflow, MlflowError } from './client.ts';
import { type MlflowModel, type MlflowRun, type MlflowVersion, tagOf } from './entities.ts';
import { type Signature, signatureOf } from './signature.ts';

/** Versions of a model that are read, the newest, besides those with an alias. */
const NEWEST = 50;
const MLMODEL_BYTES = 4 * 1024 * 1024;

/** Metrics that were written back are not what training measured. */
export const OWN = 'tiltmeter.';

/** A version that was read, with the run that trained it where that could be had. */
export interface ReadVersion {
  readonly version: RegisteredVersion;
  readonly run: MlflowRun | null;
  readonly entity: MlflowVersion;
}

/** A registered model as it is to be known here. */
export interface ReadModel {
  readonly registration: Registration;
  readonly versions: readonly ReadVersion[];
  /** The version whose columns and training data count: the champion, else the one in production, else the newest. */
  readonly chosen: ReadVersion | null;
  /** What could not be had or taken, in sentences. */
  readonly notes: readonly string[];
}

/**
 * What a registered model is called here: what its tag `tiltmeter.model` says, else its own name; null where that is no name of a model.
 * @example nameHere({ name: 'credit risk', tags: [{ key: 'tiltmeter.model', value: 'credit-risk' }] }) // 'credit-risk'
 */
export function nameHere({ name, tags }: Pick<MlflowModel, 'name' | 'tags'>): string | null {
  const wanted = tagOf(tags, 'tiltmeter.model') ?? name;
  return MODEL_NAME.test(wanted) ? wanted : null;
}

/**
 * Reads the versions of a registered model with the metrics of their runs, and the signature of the chosen one. What is not there any more when it
 * is asked for is noted and left out. Errors: MlflowError where MLflow as a whole cannot be asked, or the versions cannot.
 */
export async function readModel(mlflow: Mlflow, model: MlflowModel): Promise<ReadModel> {
  const notes: string[] = [];
  const versions: ReadVersion[] = [];
  for (const entity of await versionsOf(mlflow, model, notes)) {
    const read = await readVersion(mlflow, model, entity, notes);
    if (read === null) continue;
    const twice = versions.find(({ version }) => version.version === read.version.version);
    if (twice === undefined) versions.push(read);
    else
      notes.push(
        `Version ${entity.version} is left out: version ${twice.version.registered_as} is called ${read.version.version} too.`,
      );
  }
  const chosen = chosenOf(versions);
  const signature = chosen === null ? null : await signatureIn(mlflow, chosen.entity);
  if (chosen !== null && signature !== null) notes.push(...notesOf(chosen.entity, signature));
  const registration: Registration = {
    ...{ registry: 'mlflow', name: model.name, description: model.description?.slice(0, 2048) || null },
    ...{ columns: signature?.columns ?? {}, versions: versions.map(({ version }) => version) },
  };
  return { registration, versions, chosen, notes };
}

/** Those with an alias, and the newest ones. One that was deleted since its alias was read is none any more. */
async function versionsOf(
  mlflow: Mlflow,
  { name, aliases = [] }: MlflowModel,
  notes: string[],
): Promise<MlflowVersion[]> {
  const quote = name.includes("'") ? '"' : "'";
  const found = await mlflow.get<{ model_versions?: MlflowVersion[]; next_page_token?: string }>(
    'model-versions/search',
    { filter: `name=${quote}${name}${quote}`, max_results: NEWEST, order_by: ['version_number DESC'] },
  );
  const versions = [...(found.model_versions ?? [])];
  if (found.next_page_token)
    notes.push(`Of its versions the newest ${NEWEST} and those with an alias are read.`);
  for (const version of new Set(aliases.map((one) => one.version))) {
    if (versions.some((one) => one.version === version)) continue;
    try {
      const { model_version } = await mlflow.get<{ model_version: MlflowVersion }>('model-versions/get', {
        name,
        version,
      });
      versions.push(model_version);
    } catch (error) {
      notes.push(`Version ${version} could not be read: ${sentence(error)}`);
    }
  }
  return versions;
}

async function readVersion(
  mlflow: Mlflow,
  model: MlflowModel,
  entity: MlflowVersion,
  notes: string[],
): Promise<ReadVersion | null> {
  const called = tagOf(entity.tags, 'tiltmeter.version') ?? entity.version;
  if (!PRINTABLE_NAME.test(called)) {
    notes.push(`Version ${entity.version} is left out: its tag tiltmeter.version is no name of a version.`);
    return null;
  }
  if (entity.status !== undefined && entity.status !== 'READY') {
    notes.push(`Version ${entity.version} is left out: its registration is ${entity.status}.`);
    return null;
  }
  let run: MlflowRun | null = null;
  if (entity.run_id) {
    try {
      run = (await mlflow.get<{ run: MlflowRun }>('runs/get', { run_id: entity.run_id })).run;
    } catch (error) {
      notes.push(`The run of version ${entity.version} could not be read: ${sentence(error)}`);
    }
  }
  const stage = entity.current_stage;
  const version: RegisteredVersion = {
    ...{ version: called, registered_as: entity.version, run: entity.run_id || null },
    aliases: (model.aliases ?? [])
      .filter((one) => one.version === entity.version)
      .map(({ alias }) => alias)
      .sort(),
    stage: stage === undefined || stage === 'None' ? null : stage,
    url: `${mlflow.address}/#/models/${encodeURIComponent(model.name)}/versions/${encodeURIComponent(entity.version)}`,
    metrics: metricsOf(run),
  };
  return { version, run, entity };
}

function metricsOf(run: MlflowRun | null): Record<string, number> {
  const finite = (run?.data?.metrics ?? []).flatMap(({ key, value }) =>
    typeof value === 'number' && Number.isFinite(value) && !key.startsWith(OWN)
      ? [[key, value] as const]
      : [],
  );
  return Object.fromEntries(finite.slice(0, 1000));
}

function chosenOf(versions: readonly ReadVersion[]): ReadVersion | null {
  return (
    versions.find(({ version }) => version.aliases.includes('champion')) ??
    versions.find(({ version }) => version.stage === 'Production') ??
    versions.toSorted((a, b) => Number(b.entity.version) - Number(a.entity.version))[0] ??
    null
  );
}

async function signatureIn(mlflow: Mlflow, { name, version }: MlflowVersion): Promise<Signature> {
  try {
    const query = { name, version, path: 'MLmodel' };
    const bytes = await mlflow.file('model-versions/get-artifact', query, MLMODEL_BYTES);
    return signatureOf(new TextDecoder().decode(bytes));
  } catch (error) {
    return {
      columns: {},
      left: [],
      none: `its file MLmodel could not be had (${sentence(error).replace(/\.$/, '')})`,
    };
  }
}

function notesOf({ version }: MlflowVersion, { none, left }: Signature): string[] {
  if (none !== null) return [`Version ${version} declares no columns: ${none}.`];
  if (left.length === 0) return [];
  return [
    `Inputs of version ${version} that are no columns here: ${left.slice(0, 10).join(', ')}${left.length > 10 ? ' …' : ''}.`,
  ];
}

/** What went wrong with one thing; what went wrong with MLflow as a whole is thrown on. */
export function sentence(error: unknown): string {
  if (!(error instanceof MlflowError) || error.ofAll) throw error;
  return error.message.endsWith('.') ? error.message : `${error.message}.`;
}
