import type { ActionRun } from '../../api/types.ts';
import type { State } from '../../ui/state.ts';

/** How a run is doing: its mark, and what stands beside it. */
export const RUN_STATE: Readonly<
  Record<ActionRun['state'], { readonly mark: State; readonly word: string }>
> = {
  asked: { mark: 'warning', word: 'waits for a yes' },
  waiting: { mark: 'warning', word: 'is tried' },
  begun: { mark: 'ok', word: 'begun' },
  failed: { mark: 'failing', word: 'given up' },
  unclear: { mark: 'failing', word: 'may have begun' },
  refused: { mark: 'no_data', word: 'refused' },
  expired: { mark: 'no_data', word: 'nobody said yes in time' },
};

export const OUTCOME_MARK: Readonly<Record<NonNullable<ActionRun['outcome']>['verdict'], State>> = {
  better: 'ok',
  worse: 'failing',
  alike: 'no_data',
  not_yet: 'not_enough_data',
  no_version: 'not_enough_data',
};

/** Who may say yes or no: `ada@example.org or bo@example.org`. */
export function askedOf({ people }: Pick<ActionRun, 'people'>): string {
  return people.length === 0 ? 'whoever may write' : people.join(' or ');
}

/** Whether the reader is one of those who are asked now. */
export function mayDecide(
  { state, people }: Pick<ActionRun, 'state' | 'people'>,
  reader: { readonly email: string | undefined; readonly write: boolean },
): boolean {
  if (state !== 'asked' || !reader.write) return false;
  return people.length === 0 || (reader.email !== undefined && people.includes(reader.email));
}
