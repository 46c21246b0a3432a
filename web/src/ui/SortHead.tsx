import type { ReactNode } from 'react';
import { nextSort, readSort, type Sort, sortText } from './sort.ts';
import classes from './sort-head.module.css';

export interface Sorting {
  readonly sort: Sort | undefined;
  readonly onSort: (sort: Sort | undefined) => void;
}

/** A sorting that is kept as text, in the URL. `onText` gets undefined for none. */
export function sortingOf(text: string | undefined, onText: (text: string | undefined) => void): Sorting {
  return { sort: readSort(text), onSort: (sort) => onText(sort && sortText(sort)) };
}

interface Props extends Sorting {
  readonly by: string;
  readonly first?: Sort['way'] | undefined;
  readonly children: ReactNode;
}

/** The head of a column that can be sorted by it. The cell around it says which way, with `aria-sort`. */
export function SortHead({ by, first, sort, onSort, children }: Props) {
  const way = sort?.by === by ? sort.way : undefined;
  return (
    <button type="button" className={classes.head} onClick={() => onSort(nextSort(sort, by, first))}>
      {children}
      <svg width="8" height="8" viewBox="0 0 8 8" aria-hidden="true" data-way={way}>
        <path d={way === 'desc' ? 'M1 2.5h6L4 6.5Z' : 'M1 5.5h6L4 1.5Z'} fill="currentColor" />
      </svg>
    </button>
  );
}

/** What `aria-sort` of a column's head is. */
export function ariaSort(sort: Sort | undefined, by: string | undefined) {
  if (by === undefined || sort?.by !== by) return undefined;
  return sort.way === 'asc' ? 'ascending' : 'descending';
}
