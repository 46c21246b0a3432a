import type { CheckSettings, Decision } from './settings.ts';

/** NannyML's configuration: calculators with their parameters, or the parameters of its univariate calculator alone. */
export interface NannymlFile {
  readonly calculators?: readonly { readonly type?: string; readonly params?: Parameters }[];
  readonly continuous_methods?: readonly string[];
  readonly categorical_methods?: readonly string[];
  readonly thresholds?: Readonly<Record<string, Threshold>>;
}

interface Parameters {
  readonly column_names?: readonly string[];
  readonly continuous_methods?: readonly string[];
  readonly categorical_methods?: readonly string[];
  readonly thresholds?: Readonly<Record<string, Threshold>>;
  readonly y_true?: string;
  readonly y_pred?: string;
  readonly y_pred_proba?: unknown;
  readonly timestamp_column_name?: string;
}

interface Threshold {
  readonly type?: string;
  readonly upper?: number;
  readonly lower?: number;
}

/** Whether a file has NannyML's settings. */
export function isNannyml(content: object): boolean {
  return 'calculators' in content || 'continuous_methods' in content || 'categorical_methods' in content;
}

/** NannyML's methods and constant thresholds; a threshold from standard deviations is made from the reference's chunks, as NannyML does. */
export function nannymlSettings(file: NannymlFile): CheckSettings {
  const calculators = file.calculators ?? [];
  const drift = calculators.find(({ type }) => type?.includes('univariate'))?.params ?? file;
  const all: Parameters = Object.assign({}, ...calculators.map(({ params }) => params));
  return {
    as: 'nannyml',
    numeric: decision(drift.continuous_methods, drift.thresholds),
    categorical: decision(drift.categorical_methods, drift.thresholds),
    ...(all.y_true === undefined ? {} : { label: all.y_true }),
    ...(all.y_pred === undefined ? {} : { prediction: all.y_pred }),
    ...(typeof all.y_pred_proba === 'string' ? { score: all.y_pred_proba } : {}),
    ...(all.timestamp_column_name === undefined ? {} : { time: all.timestamp_column_name }),
  };
}

function decision(methods: readonly string[] | undefined, thresholds: Parameters['thresholds']): Decision {
  const test = methods?.[0];
  if (test === undefined) return {};
  const threshold = thresholds?.[test];
  return {
    test,
    ...(threshold?.type === 'constant' && threshold.upper !== undefined
      ? { threshold: threshold.upper }
      : {}),
  };
}
