/**
 * Rows by their group in every protected attribute at once, as `sex=f, age=young`; a row without a value in one of them is in
 * none. Groups appear in the order of their first row. Attributes must be as long as the rows.
 * @throws RangeError when attributes differ in length.
 * @example intersections({ sex: ['f', 'm'], age: ['old', 'old'] }) // Map { 'sex=f, age=old' → [0], 'sex=m, age=old' → [1] }
 */
export function intersections(
  attributes: Readonly<Record<string, readonly (string | null)[]>>,
): Map<string, number[]> {
  const columns = Object.entries(attributes);
  const rows = columns[0]?.[1].length ?? 0;
  if (columns.some(([, values]) => values.length !== rows))
    throw new RangeError('attributes differ in length');
  const groups = new Map<string, number[]>();
  for (let row = 0; row < rows; row++) {
    if (columns.some(([, values]) => values[row] === null)) continue;
    const name = columns.map(([attribute, values]) => `${attribute}=${values[row]}`).join(', ');
    const members = groups.get(name);
    if (members) members.push(row);
    else groups.set(name, [row]);
  }
  return groups;
}
