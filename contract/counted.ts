/** A number of things in words. `counted(1, 'row')` → '1 row'; `counted(8232, 'row')` → '8,232 rows'; `counted(2, 'class', 'classes')` → '2 classes' */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
}

/** A whole number as people read it; the language's own way takes ten milliseconds to load. `grouped(12345)` → '12,345' */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}
