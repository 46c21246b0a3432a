import type { Mlflow } from './client.ts';
import { tagOf } from './entities.ts';
import type { ReadVersion } from './read-model.ts';

/** What is known here of a version that answers in production. */
export interface Figures {
  /** The metric that stands for its quality, `accuracy`; null where labels do not tell it. */
  readonly quality: { readonly metric: string; readonly value: number } | null;
  /** Columns of the model that drift by its monitors now. */
  readonly drifting: readonly string[];
  /** Incidents of the model that go on. */
  readonly incidents: number;
  /** Where all this is looked at. */
  readonly link: string;
}

const NAMED = 20;

/**
 * Writes what is known here as tags of the version (`tiltmeter.accuracy`, `tiltmeter.drift`, `tiltmeter.incidents.open`, `tiltmeter.link`) and as
 * metrics of its run. What MLflow has already is not written again. Answers how many values it wrote. Errors: MlflowError.
 */
export async function writeBack(
  mlflow: Mlflow,
  { version, run, entity }: ReadVersion,
  figures: Figures,
  now: number,
): Promise<number> {
  let written = 0;
  for (const [key, value] of Object.entries(tagsOf(figures))) {
    if (tagOf(entity.tags, key) === value) continue;
    await mlflow.post('model-versions/set-tag', { name: entity.name, version: entity.version, key, value });
    written += 1;
  }
  if (version.run === null || run === null) return written;
  const has = new Map(run.data?.metrics?.map(({ key, value }) => [key, value]));
  for (const [key, value] of Object.entries(metricsOf(figures))) {
    if (has.get(key) === value) continue;
    await mlflow.post('runs/log-metric', { run_id: version.run, key, value, timestamp: now, step: 0 });
    written += 1;
  }
  return written;
}

/** Pure. `tagsOf({ quality: null, drifting: [], incidents: 0, link: 'http://t/models/m' })['tiltmeter.drift']` → 'none' */
export function tagsOf({ quality, drifting, incidents, link }: Figures): Record<string, string> {
  const more = drifting.length > NAMED ? ` and ${drifting.length - NAMED} more` : '';
  return {
    ...(quality === null ? {} : { [`tiltmeter.${quality.metric}`]: String(rounded(quality.value)) }),
    'tiltmeter.drift': drifting.length === 0 ? 'none' : drifting.slice(0, NAMED).join(', ') + more,
    'tiltmeter.incidents.open': String(incidents),
    'tiltmeter.link': link,
  };
}

/** Pure. */
export function metricsOf({ quality, drifting, incidents }: Figures): Record<string, number> {
  return {
    ...(quality === null ? {} : { [`tiltmeter.${quality.metric}`]: rounded(quality.value) }),
    'tiltmeter.drift.columns': drifting.length,
    'tiltmeter.incidents.open': incidents,
  };
}

/** Beyond the fourth figure it would be written again and again for nothing. */
const rounded = (value: number) => Number(value.toPrecision(4));
