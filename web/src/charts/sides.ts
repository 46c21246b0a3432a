/** What two distributions are called that are drawn over one another, and in which colour the first is. */
export interface Sides {
  readonly part: 'reference' | 'second';
  readonly reference: string;
  readonly current: string;
}

/** What a column is usually held against. */
export const AGAINST_REFERENCE: Sides = { part: 'reference', reference: 'reference', current: 'current' };
