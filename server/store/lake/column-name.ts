import { createHash } from 'node:crypto';

/** The columns that every table of predictions has; their names are ours. No feature's name begins with `_`. */
const FIXED: ReadonlySet<string> = new Set([
  ...['_id', '_time', '_version', '_prediction', '_score', '_probabilities', '_ranked'],
  ...[
    '_latency_ms',
    '_error',
    '_trace_id',
    '_request_id',
    '_variant',
    '_attributions',
    '_tags',
    '_misfit',
    '_received_at',
  ],
]);

/** Longer ones would make a statement about a thousand columns long for nothing. */
const LONGEST = 60;

/**
 * The column of a model's table that holds a feature. Senders name features, and a name that the engine gives a meaning
 * (`age.null` is the null map of `age`) or that a statement uses itself would change what is asked: so the column has a name that
 * is made of the feature's and means nothing, of small letters, digits and `_`. Distinct features have distinct columns, also
 * where files are told apart without regard to case. Capitals and other characters become their codes; what is too long for that its
 * hash. Fixed columns keep their names.
 * `columnName('age')` → '_f_age'; `columnName('age.null')` → '_f_age_2e_null'; `columnName('_score')` → '_score'
 */
export function columnName(name: string): string {
  if (FIXED.has(name)) return name;
  const plain = name.replace(/[^a-z0-9]/gu, (character) =>
    character === '_' ? '__' : `_${character.codePointAt(0)!.toString(16)}_`,
  );
  if (plain.length <= LONGEST) return `_f_${plain}`;
  return `_h_${createHash('sha256').update(name).digest('hex').slice(0, 40)}`;
}
