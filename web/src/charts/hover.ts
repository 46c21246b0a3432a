import { createContext, useContext, useSyncExternalStore } from 'react';

/** The moment under the crosshair, shared by all charts of a page without drawing any of them again. */
export interface Hover {
  readonly get: () => number | null;
  readonly set: (time: number | null) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function makeHover(): Hover {
  let time: number | null = null;
  const listeners = new Set<() => void>();
  return {
    get: () => time,
    set(next) {
      if (next === time) return;
      time = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const HoverContext = createContext<Hover>(makeHover());

/** The moment under the crosshair; null when there is none. */
export function useHover(): number | null {
  const hover = useContext(HoverContext);
  return useSyncExternalStore(hover.subscribe, hover.get);
}
