export interface StandingRow {
  readonly column: string;
  /** First bucket in which the column had a value, references from files included; null when it never had one. */
  readonly first: number | null;
  /** Newest revision of the column's profiles. */
  readonly revision: number;
}

/** What the profiles of a model hold so far, by column. Epoch milliseconds. Parameter: model. */
export const STANDING = `SELECT column,
  if(countIf(n > missing) = 0, NULL, toUnixTimestamp64Milli(minIf(time, n > missing))) AS first,
  toUnixTimestamp64Milli(max(revision)) AS revision
FROM tiltmeter.profiles
WHERE model = {model:String}
GROUP BY column`;
