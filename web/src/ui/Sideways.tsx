import { type ReactNode, useEffect, useRef, useState } from 'react';
import classes from './ui.module.css';

interface Props {
  readonly label: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** What may be wider than its place scrolls within it; the keyboard reaches it then, and only then. */
export function Sideways({ label, className = classes.scroll, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [wider, setWider] = useState(false);
  useEffect(() => {
    const element = box.current!;
    const measure = () => setWider(element.scrollWidth > element.clientWidth);
    // It is told of the sizes at first too, when they are known anyway.
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    if (element.firstElementChild !== null) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);
  return (
    <div
      ref={box}
      className={className}
      {...(wider ? { tabIndex: 0, role: 'region', 'aria-label': `${label}, scrolls sideways` } : {})}
    >
      {children}
    </div>
  );
}
