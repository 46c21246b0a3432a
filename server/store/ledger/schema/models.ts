import type { LabelType } from '../../../../contract/label.ts';
import type { Flag, Json } from './values.ts';

export interface ModelRow {
  id: string;
  /** What people call it; null while that is its id. */
  name: string | null;
  /** The lake's table of its predictions, `predictions_<model>` made safe; unique. */
  table_name: string;
  task: 'unknown' | 'binary' | 'multiclass' | 'regression' | 'ranking';
  owner: string | null;
  description: string | null;
  tags: Json;
  /** For binary: the label that counts as positive. */
  positive_label: string | null;
  /** What its labels are: learned, or set by people; null while there are too few to say. */
  label_type: LabelType | null;
  bucket_ms: number;
  label_delay_ms: number;
  /** Items from the top of a list that NDCG, MAP and hit rate look at. */
  ranking_k: number;
  /** Trailing window of the drift monitors; widened when too few predictions fall into it. */
  window_ms: number;
  retention_days: number | null;
  /** What each right and wrong answer is worth, JSON as in contract/impact.ts; null: nobody said. */
  impact: Json | null;
  /** What becomes of values before anything is stored of them, JSON; null: as they come. */
  privacy: Json | null;
  /** What to do when it fails: an address, or text. */
  runbook: string | null;
  /** Decision trees by cause, JSON as in contract/decision-tree.ts; null: none. */
  decisions: Json | null;
  /** By what its predictions are split, JSON: names of features and tags, several of them together as an array; null: by nothing. */
  segments: Json | null;
  /** Attributes in which people must not be treated differently, JSON: names; null: none. */
  protected: Json | null;
  /** Ids of the models whose answers it is asked with, JSON; null: none. */
  upstream: Json | null;
  /** What else it depends on, JSON as in contract/lineage.ts; null: nobody said. */
  sources: Json | null;
  /** What is put into its queue of reviews, JSON as in contract/review.ts; null: nothing. */
  review: Json | null;
  /** What positions of its tensors mean, JSON as in contract/payload.ts; null: nobody said. */
  payload: Json | null;
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
  /** How its values are stored: numbers, or texts. */
  type: 'numeric' | 'categorical' | 'boolean';
  /** What its values are, where that is something else than `type`; it decides what is watched. */
  meaning: 'numeric' | 'categorical' | 'boolean' | 'text' | 'identifier' | 'time' | 'ignored' | null;
  /** Why it was taken for that; null when people said so. */
  recognised: string | null;
  /** Values that were looked at to recognise it; null once nobody looks any more. */
  looked: number | null;
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

/** A model or a column of one that was removed, and of which not everything is gone yet. */
export interface RemovalRow {
  id: string;
  kind: 'model' | 'merge' | 'column';
  model: string;
  table_name: string;
  /** The column, or the model that takes the rows over. */
  target: string | null;
  /** Of the model as it was: names and types, JSON. */
  columns: Json;
  requested_by: string;
  /** Who that is, by id; null in rows from before ids were kept. */
  requested_by_id: string | null;
  requested_at: number;
  /** When everything was gone; what others wrote meanwhile is looked for once more. */
  finished_at: number | null;
}

/** What Tiltmeter found out about a model by its data; what people say in `models` goes before it. */
export interface InferenceRow {
  model: string;
  /** The task that was inferred; null where people set it. */
  task: ModelRow['task'] | null;
  /** The class whose probability the score is, and the reference that it was looked for in, too; null until known. */
  positive: string | null;
  positive_reference: string | null;
}

/** The grid of a profile that is made, not sent (`_score`, `_label`, `_residual` …): it has no row in `columns`. */
export interface GridRow {
  model: string;
  name: string;
  center: number;
  scale: number;
}

/** What protects values of all models: `rules`, JSON, and `pseudonym_key`, sealed. */
export interface PrivacyRow {
  name: string;
  value: string;
}

/** What is stored of a subject is on its way out, or gone. */
export interface ErasureRow {
  id: string;
  model: string;
  table_name: string;
  /** What was asked, sealed; null once everything is gone. */
  asked: string | null;
  /** The columns that were asked by, JSON: names, no values. */
  columns: Json;
  requested_by: string;
  requested_by_id: string;
  requested_at: number;
  finished_at: number | null;
  /** Rows that went, and values that were taken out of profiles, JSON by table; of one under way so far. */
  erased: Json;
}
