import { createContext, useContext, useMemo } from 'react';
import { makeStore, type Store, useStore } from './store.ts';

/** Ids of the change under the pointer and of the one that was clicked: its line and its entry in a list show it alike. */
export interface Marked {
  readonly hovered: Store<string | null>;
  readonly chosen: Store<string | null>;
}

export const makeMarked = (): Marked => ({
  hovered: makeStore<string | null>(null),
  chosen: makeStore<string | null>(null),
});

export const MarkedContext = createContext<Marked>(makeMarked());

/** Of one page: put it around its charts and its list of changes. */
export function useOwnMarked(): Marked {
  return useMemo(makeMarked, []);
}

export interface MarkedOne {
  readonly hovered: boolean;
  readonly chosen: boolean;
  readonly enter: () => void;
  readonly leave: () => void;
  readonly choose: () => void;
}

/** How one change is marked, and what marks it. */
export function useMarked(id: string): MarkedOne {
  const { hovered, chosen } = useContext(MarkedContext);
  return {
    hovered: useStore(hovered) === id,
    chosen: useStore(chosen) === id,
    enter: () => hovered.set(id),
    leave: () => hovered.get() === id && hovered.set(null),
    choose: () => chosen.set(chosen.get() === id ? null : id),
  };
}
