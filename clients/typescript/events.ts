// Made by "npm run docs" from contract/.

/** What a model's service sends per answer; `model` and one of `features` or `prediction` are required. */
export type Prediction = {
  model: string;
  version?: string;
  id?: string;
  time?: string | number;
  features?: Record<string, number | string | boolean | null>;
  prediction?: number | string | boolean | null | (string | number | {
    item: string | number;
    score?: number;
  })[];
  score?: number | null;
  probabilities?: Record<string, number> | number[] | null;
  latency_ms?: number | null;
  error?: string | null;
  trace_id?: string | null;
  request_id?: string | null;
  variant?: string | null;
  attributions?: Record<string, number> | null;
  tags?: Record<string, string> | null;
};

/** The truth about one prediction, whenever it becomes known. A later label of the same id replaces the earlier one. */
export type Label = {
  model: string;
  id: string;
  label: number | string | boolean | (number | string | {
    item: number | string;
    relevance: number;
  })[];
  time?: string | number;
  source?: string;
  human?: boolean;
};

/** What the business saw: a value of a metric, joined to a prediction when an id is given. */
export type Outcome = {
  model: string;
  metric: string;
  value: number;
  id?: string;
  time?: string | number;
};

/** Something people changed: a deploy, a schema, a configuration. Drawn on every time axis. */
export type Change = {
  time?: string | number;
  kind: string;
  title: string;
  model?: string;
  version?: string;
  url?: string;
};

/** What a stage of a pipeline says of itself: a log line, a step that is done, or both. */
export type Stage = {
  model: string;
  stage: string;
  time?: string | number;
  level?: string;
  message?: string;
  version?: string;
  request_id?: string;
  trace_id?: string;
  duration_ms?: number;
  rows?: number;
  attributes?: Record<string, string | number | boolean>;
};

/** Sent after the events are stored. `rejected` names the first hundred that were refused; `index` counts from the first event of the call. */
export type Receipt = {
  received: number;
  stored: number;
  duplicates: number;
  rejected: {
    index: number;
    code: string;
    message: string;
  }[];
  rejected_total: number;
  dropped_features?: number;
  warnings?: string[];
};
