import { type RefObject, useEffect } from 'react';
import { inTurn } from './turns.ts';
import { useSeen } from './useSeen.ts';

/** Of a canvas, in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
}

export type Paint = (context: CanvasRenderingContext2D, size: Size) => void;

/** Paints a canvas when it comes into view, and anew when its size or what is painted changes; sharp on every screen. */
export function usePainted(canvas: RefObject<HTMLCanvasElement | null>, paint: Paint): void {
  const seen = useSeen(canvas);
  useEffect(() => {
    if (!seen) return;
    const element = canvas.current!;
    let takeBack = () => {};
    // It is told of the size at first, too.
    const observer = new ResizeObserver((entries) => {
      const { width, height } = entries.at(-1)!.contentRect;
      takeBack();
      takeBack = inTurn(() => {
        const ratio = devicePixelRatio || 1;
        // Which clears it.
        element.width = Math.round(width * ratio);
        element.height = Math.round(height * ratio);
        const context = element.getContext('2d')!;
        context.scale(ratio, ratio);
        paint(context, { width, height, ratio });
        // Who takes a picture waits for it.
        element.dataset.painted = '';
      });
    });
    observer.observe(element);
    return () => {
      takeBack();
      observer.disconnect();
    };
  }, [canvas, seen, paint]);
}
