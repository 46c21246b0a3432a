import type { ColumnType } from '../../../../contract/model.ts';
import type { Model } from '../../api/types.ts';

/** What is compared with the reference value by value, as the heat map of the model shows it. */
const COMPARED: ReadonlySet<ColumnType> = new Set(['numeric', 'categorical', 'boolean']);

export interface Neighbours {
  readonly before: string;
  readonly after: string;
  /** Place among the columns that are compared, from 1; null for one that is not. */
  readonly place: number | null;
  readonly of: number;
}

/** The compared columns beside this one, round and round; null where there is no other, or where the column is made. */
export function neighboursOf(columns: Model['columns'], column: string): Neighbours | null {
  const own = columns.find(({ name }) => name === column);
  const walked = columns.filter((one) => one === own || COMPARED.has(one.type));
  if (own === undefined || walked.length < 2) return null;
  const at = walked.indexOf(own);
  const near = (step: number) => walked[(at + step + walked.length) % walked.length]!.name;
  const compared = COMPARED.has(own.type);
  return {
    before: near(-1),
    after: near(1),
    place: compared ? at + 1 : null,
    of: walked.length - (compared ? 0 : 1),
  };
}
