import { ARRIVED } from './table.ts';

/** Predictions whose attributions are looked at, about. */
export const SAMPLED = 20_000;

export interface ArrivedAttribution {
  readonly name: string;
  /** What its values are counted in: the middle one of their sizes; their mean where most are 0. */
  readonly scale: number;
}

/** Attributions of arrivals by name, what weighs most first. Parameters: since, until, every (one prediction in so many), most. */
export function arrivedAttributions(table: string): string {
  return `SELECT name, if(middle > 0, middle, mean) AS scale FROM (
  SELECT attribution.1 AS name, toFloat64(medianExact(abs(attribution.2))) AS middle, avg(abs(attribution.2)) AS mean, sum(abs(attribution.2)) AS size
  FROM (
    SELECT arrayJoin(CAST(_attributions, 'Array(Tuple(String, Float64))')) AS attribution
    FROM ${table} WHERE ${ARRIVED} AND notEmpty(_attributions) AND cityHash64(_id) % {every:UInt64} = 0
  )
  WHERE isFinite(attribution.2) AND length(attribution.1) <= 512
  GROUP BY name ORDER BY size DESC, name LIMIT {most:UInt32}
)`;
}
