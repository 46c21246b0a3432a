import type { Part } from '../contract/table.ts';
import type { Understood } from './understood.ts';

/** Parts that a reference has profiles of; columns of another part are left out. */
export const PROFILED: readonly Part[] = ['prediction', 'score', 'label'];

/** What a reference is asked to be made of: `prediction`, `score`, `label`, and each column that is to be left out as `ignore`. */
export function referenceColumns({ parts, said }: Pick<Understood, 'parts' | 'said'>): [string, string][] {
  const played = Object.entries(parts) as [Part, { column: string }][];
  return [
    ...played.map(([part, { column }]): [string, string] => [
      PROFILED.includes(part) ? part : 'ignore',
      column,
    ]),
    ...said.ignored.map((column): [string, string] => ['ignore', column]),
  ];
}
