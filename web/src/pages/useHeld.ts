import { useEffect, useState } from 'react';

/** Beyond it the reader has left the top of the page, where new rows appear. */
const TOP = 160;

/** Why what is shown must not change under the reader's hands just now; null while it may. */
export type Held = 'selecting' | 'scrolled' | null;

function held(): Held {
  const selection = document.getSelection();
  if (selection !== null && !selection.isCollapsed && selection.toString().trim() !== '') return 'selecting';
  return window.scrollY > TOP ? 'scrolled' : null;
}

/** Whether the reader selects text or reads further down, so that a live list had better wait. */
export function useHeld(): Held {
  const [now, setNow] = useState<Held>(null);
  useEffect(() => {
    const look = () => setNow(held());
    document.addEventListener('selectionchange', look);
    addEventListener('scroll', look, { passive: true });
    return () => {
      document.removeEventListener('selectionchange', look);
      removeEventListener('scroll', look);
    };
  }, []);
  return now;
}
