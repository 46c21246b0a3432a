/** The states everything in the dashboard can be in. Colour never stands alone: shape and word go with it. */
export type State = 'ok' | 'warning' | 'failing' | 'no_data' | 'not_enough_data';

export const STATES: readonly State[] = ['failing', 'warning', 'not_enough_data', 'ok', 'no_data'];

export const STATE_WORD: Record<State, string> = {
  ok: 'ok',
  warning: 'warning',
  failing: 'failing',
  no_data: 'no data',
  not_enough_data: 'not enough data',
};

export const STATE_COLOUR: Record<State, string> = {
  ok: 'var(--ok)',
  warning: 'var(--warning)',
  failing: 'var(--failing)',
  no_data: 'var(--none)',
  not_enough_data: 'var(--none)',
};

/** Larger hurts more. */
export function severity(state: State): number {
  return STATES.length - STATES.indexOf(state);
}

/** The worst of several; no data when there are none. */
export function worst(states: readonly State[]): State {
  return states.reduce<State>((a, b) => (severity(b) > severity(a) ? b : a), 'no_data');
}

/** The state of an alert as the five words everyone knows. */
export function alertState(state: string): State {
  switch (state) {
    case 'firing':
      return 'failing';
    case 'pending':
    case 'late':
      return 'warning';
    case 'no_data':
      return 'no_data';
    case 'not_enough_data':
      return 'not_enough_data';
    default:
      return 'ok';
  }
}
