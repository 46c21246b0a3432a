import { cloneElement, lazy, type PointerEvent, type ReactElement, Suspense, useState } from 'react';

const HintWords = lazy(() => import('./HintWords.tsx').then((m) => ({ default: m.HintWords })));

interface Handlers {
  readonly onPointerEnter?: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerLeave?: () => void;
}

interface Props {
  readonly label: string;
  /** What is pointed at; it has a name of its own, for who does not see the hint. */
  readonly children: ReactElement<Handlers>;
}

/** Says what a control does while a pointer is on it. Until then nothing of it exists: a page has dozens. */
export function Hint({ label, children }: Props) {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  return (
    <>
      {cloneElement(children, {
        onPointerEnter: ({ currentTarget, pointerType }: PointerEvent<HTMLElement>) => {
          if (pointerType !== 'touch') setTarget(currentTarget);
        },
        onPointerLeave: () => setTarget(null),
      })}
      {target !== null && (
        <Suspense>
          <HintWords target={target} label={label} />
        </Suspense>
      )}
    </>
  );
}
