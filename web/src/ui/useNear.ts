import { type RefObject, useEffect, useState } from 'react';
import { makeStore, useStore } from '../charts/store.ts';

/** How far below the window something counts as near: as far again as the window is high. */
const AHEAD = '0px 0px 100% 0px';

/** Who searches a page or prints it wants all of it; from then on nothing waits for the reader. */
const everything = makeStore(false);
addEventListener('beforeprint', () => everything.set(true));
addEventListener('keydown', ({ ctrlKey, metaKey, key }) => {
  if ((ctrlKey || metaKey) && key === 'f') everything.set(true);
});

/** Whether an element is in view or near it, or everything is wanted. It is looked at anew when `which` changes. */
export function useNear(element: RefObject<Element | null>, which: number): boolean {
  const all = useStore(everything);
  const [near, setNear] = useState<number>();
  useEffect(() => {
    if (all || element.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(which);
      },
      { rootMargin: AHEAD },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, which, all]);
  return all || near === which;
}
