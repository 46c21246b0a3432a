/** A metric's page as a row: id, title, file, call, what it accepts, value, range, interval, edge cases, source. */
export type MetricRow = readonly [
  id: string,
  title: string,
  file: string,
  call: string,
  accepts: string,
  formula: string,
  range: string,
  interval: string,
  edges: string,
  source: string,
];
