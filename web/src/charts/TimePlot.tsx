import { useCallback, useRef } from 'react';
import { paintTime } from './paint-time.ts';
import type { TimeDrawing } from './time-drawing.ts';
import { type Paint, usePainted } from './usePainted.ts';

interface Props {
  readonly drawing: TimeDrawing;
  readonly height: number;
  /** What the chart shows, in words. */
  readonly label: string;
}

/** The canvas of a time chart. */
export function TimePlot({ drawing, height, label }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const paint = useCallback<Paint>((context, size) => paintTime(context, size, drawing), [drawing]);
  usePainted(canvas, paint);
  return (
    <canvas ref={canvas} role="img" aria-label={label} style={{ display: 'block', height, width: '100%' }} />
  );
}
