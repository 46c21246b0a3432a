import { PARTS, Part } from '../../contract/table.ts';
import { type Mapping, NOTHING_SAID } from '../../mapping/mapping.ts';
import { Misuse } from '../failure.ts';

/** What `--map` and `--ignore` say. `parseMapping(['id=ride', 'label=cnt'], ['note'])` */
export function parseMapping(pairs: readonly string[], ignored: readonly string[]): Mapping {
  const roles = new Map<Part, string>();
  for (const pair of pairs.flatMap((text) => text.split(','))) {
    const at = pair.indexOf('=');
    const part = Part.safeParse(pair.slice(0, at).trim());
    const column = pair.slice(at + 1).trim();
    if (at < 1 || !part.success || column === '') {
      throw new Misuse(`--map ${pair} names no part`, `Write PART=COLUMN; parts are ${PARTS.join(', ')}.`);
    }
    roles.set(part.data, column);
  }
  const left = ignored.flatMap((text) => text.split(',')).map((name) => name.trim());
  return { ...NOTHING_SAID, roles, ignored: new Set(left) };
}
