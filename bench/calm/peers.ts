import { evidently } from '../../stats/peers/evidently.ts';
import { verdictAs } from '../../stats/peers/index.ts';
import { nannymlChunks, nannymlJensenShannon, nannymlThreshold } from '../../stats/peers/nannyml.ts';
import type { MemoryColumn } from './tables.ts';

/** Evidently takes whole numbers of at most ten values for categories. */
const FEW_WHOLE = 10;

/** Whether Evidently's data drift preset calls the column drifted at its defaults. */
export function evidentlyAlarm(reference: MemoryColumn, current: MemoryColumn): boolean {
  const { values, whole } = reference;
  const few = whole && values instanceof Float64Array && new Set(values).size <= FEW_WHOLE;
  const type = values instanceof Float64Array && !few ? 'numeric' : 'categorical';
  return verdictAs(evidently, type, values, current.values).drift === true;
}

export interface ChunkAlarms {
  readonly chunks: number;
  readonly alarms: number;
}

/** How many of the current rows' ten chunks NannyML's univariate calculator alarms on at its defaults. */
export function nannymlAlarms(reference: MemoryColumn, current: MemoryColumn): ChunkAlarms {
  const score = nannymlJensenShannon(reference.values);
  const threshold = nannymlThreshold(score, reference.values);
  const chunks = nannymlChunks(current.values);
  const alarms = chunks.filter((chunk) => {
    const scored = score(chunk);
    return 'value' in scored && threshold !== null && scored.value > threshold;
  });
  return { chunks: chunks.length, alarms: alarms.length };
}
