import { cloneElement, lazy, type PointerEvent, type ReactElement, Suspense, useState } from 'react';

const HintWords = lazy(() => import('./HintWords.tsx').then((m) => ({ default: m.HintWords })));

interface Handlers {
  readonly onPointerEnter?: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerLeave?: (event: PointerEvent<HTMLElement>) => void;
}

interface Props {
  readonly label: string;
  /** Where the words stand; above what is pointed at when absent. */
  readonly position?: 'right';
  /** What is pointed at; it has a name of its own, for who does not see the hint. */
  readonly children: ReactElement<Handlers>;
}

/** Says what a control does while a pointer is on it. Until then nothing of it exists: a page has dozens. */
export function Hint({ label, position, children }: Props) {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const { onPointerEnter, onPointerLeave } = children.props;
  return (
    <>
      {cloneElement(children, {
        onPointerEnter: (event: PointerEvent<HTMLElement>) => {
          if (event.pointerType !== 'touch') setTarget(event.currentTarget);
          onPointerEnter?.(event);
        },
        onPointerLeave: (event: PointerEvent<HTMLElement>) => {
          setTarget(null);
          onPointerLeave?.(event);
        },
      })}
      {target !== null && (
        <Suspense>
          <HintWords target={target} label={label} position={position ?? 'top'} />
        </Suspense>
      )}
    </>
  );
}
