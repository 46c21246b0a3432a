import type { Part } from '../contract/table.ts';
import { inferType } from '../tables/rules/infer.ts';
import type { TextFacts } from '../tables/rules/tally.ts';
import { epochUnit } from './epoch.ts';
import type { Mapping } from './mapping.ts';
import { tellsRowsApart } from './warnings.ts';

/** Names that a part goes by, the likeliest first; a column is taken for it when its values fit too. */
const NAMES: Readonly<Partial<Record<Part, readonly string[]>>> = {
  id: ['id', 'prediction_id', 'event_id', 'record_id', 'row_id', 'uuid', 'guid'],
  time: [
    'time',
    'timestamp',
    'event_time',
    'event_timestamp',
    'prediction_time',
    'predicted_at',
    'scored_at',
    'datetime',
    'date_time',
    'ts',
    'epoch',
    'unix_time',
    'unixtime',
    'unix_timestamp',
    'epoch_time',
    'epoch_seconds',
    'epoch_ms',
    'created_at',
    'date',
  ],
  prediction: [
    'prediction',
    'predicted',
    'y_pred',
    'y_hat',
    'yhat',
    'pred',
    'predicted_class',
    'predicted_label',
    'predicted_value',
    'prediction_label',
    'decision',
  ],
  score: [
    'score',
    'prediction_score',
    'predicted_probability',
    'prediction_probability',
    'predict_proba',
    'probability',
    'y_score',
    'y_prob',
    'y_proba',
    'proba',
    'prob',
    'p',
  ],
  label: ['label', 'y_true', 'ground_truth', 'truth', 'actual', 'target', 'outcome'],
  version: ['version', 'model_version'],
};

/** A column that is called so may hold times to come: to the year 2100. */
const LATEST = 4.1e12;

/** What a column's values must be, so that its name is believed. */
const FITS: Readonly<Partial<Record<Part, (facts: TextFacts) => boolean>>> = {
  id: tellsRowsApart,
  time: (facts) => inferType(facts).type === 'time' || epochUnit(facts, LATEST) !== null,
  score: ({ n, missing, numbers }) => numbers > 0 && numbers >= 0.95 * (n - missing),
};

/** Single letters mean a probability only when they hold some. */
const isProbability = ({ min, max }: TextFacts) => min !== null && max !== null && min >= 0 && max <= 1;

/**
 * The mapping with parts that nobody named: a column of an obvious name plays its part when its values fit. `guessed` says
 * which were found so. `scoredAt` is `scored_at`.
 */
export function withGuesses(mapping: Mapping, columns: ReadonlyMap<string, TextFacts>): Mapping {
  const roles = new Map(mapping.roles);
  const taken = new Set(roles.values());
  const free = [...columns].filter(
    ([name, { stored }]) =>
      !taken.has(name) && !mapping.ignored.has(name) && !mapping.features.has(name) && stored !== 'other',
  );
  const guessed = new Set<Part>();
  for (const [role, names] of Object.entries(NAMES) as [Part, readonly string[]][]) {
    if (roles.has(role)) continue;
    const fits = ([name, facts]: (typeof free)[number]) =>
      !taken.has(name) && (FITS[role]?.(facts) ?? true) && (plain(name) !== 'p' || isProbability(facts));
    const found = names.flatMap((each) => free.filter(([name]) => plain(name) === each)).find(fits);
    if (found === undefined) continue;
    roles.set(role, found[0]);
    taken.add(found[0]);
    guessed.add(role);
  }
  return { ...mapping, roles, guessed };
}

/** `ScoredAt` → `scored_at` */
function plain(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}
