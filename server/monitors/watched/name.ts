/** Names of series that watch another signal begin so, where those of columns have the column. */
export const WATCHED = '_series|';

/** A signal, as people name it. */
export interface WatchedName {
  readonly kind: string;
  readonly metric: string;
  /** Empty text where it has none. */
  readonly column: string;
}

/**
 * `watchedName('drift/js_distance_base2/a/b')` → { kind: 'drift', metric: 'js_distance_base2', column: 'a/b' }. Total: what is missing is empty.
 */
export function watchedName(series: string): WatchedName {
  const [kind = '', metric = '', ...column] = series.split('/');
  return { kind, metric, column: column.join('/') };
}

/** The same the other way round. */
export const watchedText = ({ kind, metric, column }: WatchedName): string =>
  [kind, metric, ...(column === '' ? [] : [column])].join('/');
