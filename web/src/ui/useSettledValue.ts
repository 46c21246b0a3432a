import { useEffect, useState } from 'react';

const SETTLED_MS = 300;

/** A value that is typed, once it has not changed for a moment. */
export function useSettledValue(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
