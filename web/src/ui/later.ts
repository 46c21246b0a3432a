import { type ComponentType, lazy } from 'react';

/** How long the first view has the network to itself after its code has come, in milliseconds; sooner when the reader does something. */
const PAUSE_MS = 500;

const ACTS = ['pointerdown', 'keydown', 'focusin'] as const;

/** Kept once it is there: whatever the first view does not need may come. */
const firstViewHas = new Promise<void>((resolve) => {
  for (const act of ACTS) addEventListener(act, () => resolve(), { once: true, capture: true });
  const wait = () => setTimeout(resolve, PAUSE_MS);
  if (document.readyState === 'complete') wait();
  else addEventListener('load', wait, { once: true });
});

/** A component whose code comes when the first view has what it needs, such as what opens by a click. */
export function later<P>(load: () => Promise<ComponentType<P>>) {
  return lazy(() => firstViewHas.then(load).then((component) => ({ default: component })));
}
