import { createContext, useContext } from 'react';
import { makeStore, type Store, useStore } from './store.ts';

/** The moment under the crosshair, shared by all charts of a page without drawing any of them again. */
export type Hover = Store<number | null>;

export const makeHover = (): Hover => makeStore<number | null>(null);

export const HoverContext = createContext<Hover>(makeHover());

/** The moment under the crosshair; null when there is none. */
export function useHover(): number | null {
  return useStore(useContext(HoverContext));
}
