import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/**
 * Which rows of a list of any length are on screen while it scrolls with the page. `body` is the element that holds them;
 * `onEnd` is called when the last ones come into view. Rows that are not all `height` high are measured by the caller.
 */
export function useWindowRows(count: number, height: number, onEnd: (() => void) | undefined) {
  const body: RefObject<HTMLDivElement | null> = useRef(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const at = (body.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
      setTop((before) => (Math.abs(before - at) < 1 ? before : at));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: top,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (count > 0 && lastShown >= count - 5) onEnd?.();
  }, [lastShown, count, onEnd]);
  return { body, virtual, items };
}
