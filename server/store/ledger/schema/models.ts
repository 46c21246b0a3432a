import type { Flag, Json } from './values.ts';

export interface ModelRow {
  id: string;
  /** The lake's table of its predictions, `predictions_<model>` made safe; unique. */
  table_name: string;
  task: 'unknown' | 'binary' | 'multiclass' | 'regression' | 'ranking';
  owner: string | null;
  description: string | null;
  tags: Json;
  /** For binary: the label that counts as positive. */
  positive_label: string | null;
  bucket_ms: number;
  label_delay_ms: number;
  /** Trailing window of the drift monitors; widened when too few predictions fall into it. */
  window_ms: number;
  retention_days: number | null;
  /** The reference that monitors use when they name none; null until one exists. */
  reference_id: string | null;
  /** Feature importance by column, shares that sum to 1, JSON; null until known. */
  importance: Json | null;
  importance_source: string | null;
  created_at: number;
  updated_at: number;
}

export interface ColumnRow {
  model: string;
  name: string;
  type: 'numeric' | 'categorical' | 'boolean';
  position: number;
  /** 1: the type was declared by people, so values of other JSON types are kept as their text where that is possible. */
  declared: Flag;
  /** asinh grid: centre and scale, frozen once; null until enough values were seen. */
  grid_center: number | null;
  grid_scale: number | null;
  /** 1: values may appear in alert text. */
  safe: Flag;
  created_at: number;
}

/** The grid of a profile that is made, not sent (`_score`, `_label`, `_residual` …): it has no row in `columns`. */
export interface GridRow {
  model: string;
  name: string;
  center: number;
  scale: number;
}
