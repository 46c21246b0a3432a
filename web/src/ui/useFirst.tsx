import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { count } from '../number/format.ts';

/**
 * The first rows of a list that may be very long, and the button below it that brings the others; null where all of them are there.
 * Example: `const { shown, more } = useFirst(incidents, 20)`
 */
export function useFirst<T>(rows: readonly T[], most: number): { shown: readonly T[]; more: ReactNode } {
  const [all, setAll] = useState(false);
  if (all || rows.length <= most) return { shown: rows, more: null };
  return {
    shown: rows.slice(0, most),
    more: (
      <Button variant="default" mt={8} onClick={() => setAll(true)}>
        Show all {count(rows.length)}
      </Button>
    ),
  };
}
