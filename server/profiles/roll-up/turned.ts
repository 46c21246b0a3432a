import type { Ctx } from '../../context.ts';
import { codedColumns } from '../../models/columns/coded-columns.ts';
import { columnsSeen, countedCodes } from '../heads/read-heads.ts';

/** Models with a column whose profiles count something else than what it is taken for now. */
export async function turnedModels(ctx: Pick<Ctx, 'ledger'>): Promise<Set<string>> {
  const [wanted, counted] = [keyed(await codedColumns(ctx)), keyed(await countedCodes(ctx))];
  const fresh = [...wanted].flatMap(([key, each]) => (counted.has(key) ? [] : [each]));
  const turned = new Set([...counted].flatMap(([key, { model }]) => (wanted.has(key) ? [] : [model])));
  if (fresh.length === 0) return turned;
  const names = (of: 'model' | 'column') => [...new Set(fresh.map((each) => each[of]))];
  // What never had a value has nothing that could be counted otherwise.
  const seen = await columnsSeen(ctx, names('model'), names('column'));
  for (const { model, column } of fresh) if (seen.get(model)?.has(column)) turned.add(model);
  return turned;
}

interface Named {
  readonly model: string;
  readonly column: string;
}

const keyed = (rows: readonly Named[]) =>
  new Map(rows.map((row) => [JSON.stringify([row.model, row.column]), row]));
