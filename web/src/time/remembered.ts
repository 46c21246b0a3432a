import { useSyncExternalStore } from 'react';

/** A choice of the reader that is kept on this machine; every page and tab follows. */
export interface Remembered<T extends string> {
  readonly get: () => T;
  readonly set: (value: T) => void;
  readonly use: () => T;
}

/** One of `values`, kept in the browser under `key`; the first of them until something else is chosen. */
export function remembered<const T extends string>(key: string, values: readonly [T, ...T[]]): Remembered<T> {
  const listeners = new Set<() => void>();
  const get = (): T => {
    try {
      const kept = localStorage.getItem(key);
      return values.find((value) => value === kept) ?? values[0];
    } catch {
      return values[0];
    }
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    addEventListener('storage', listener);
    return () => {
      listeners.delete(listener);
      removeEventListener('storage', listener);
    };
  };
  return {
    get,
    set(value) {
      try {
        localStorage.setItem(key, value);
      } catch {}
      for (const listener of listeners) listener();
    },
    use: () => useSyncExternalStore(subscribe, get),
  };
}
