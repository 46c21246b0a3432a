/** A parameter of epoch milliseconds as the lake compares it with a stamp. `moment('from')` → "fromUnixTimestamp64Milli({from:Int64}, 'UTC')" */
export function moment(parameter: string): string {
  return `fromUnixTimestamp64Milli({${parameter}:Int64}, 'UTC')`;
}
