/** A number of things in words. `counted(1, 'row')` → '1 row'; `counted(8232, 'row')` → '8,232 rows'; `counted(2, 'class', 'classes')` → '2 classes' */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
}
