import {
  AXIS_WIDTH,
  type DrawnLine,
  LABEL_SIZE,
  MARGIN,
  type Pair,
  type TimeDrawing,
} from './time-drawing.ts';
import type { Size } from './usePainted.ts';

/** Where a time and a value are, in pixels. */
interface Places {
  readonly x: (time: number) => number;
  readonly y: (value: number) => number;
}

/** Between the drawing and the labels of its axis, pixels. */
const GAP = 6;
const BAND_OPACITY = 0.18;
const AREA_OPACITY = 0.12;

/** Draws a time chart on a canvas of this size. */
export function paintTime(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  drawing: TimeDrawing,
): void {
  const { range, scale, tokens } = drawing;
  const right = Math.max(0, width - AXIS_WIDTH);
  const tall = height - 2 * MARGIN;
  const to: Places = {
    x: (time) => ((time - range.from) / (range.to - range.from)) * right,
    y: (value) => MARGIN + tall * (1 - (value - scale.min) / (scale.max - scale.min)),
  };
  context.lineJoin = 'bevel';
  context.font = `${LABEL_SIZE}px 'Inter Variable', sans-serif`;
  context.textBaseline = 'middle';
  for (const { value, text } of drawing.labels) {
    context.fillStyle = tokens.line;
    context.fillRect(0, Math.round(to.y(value)), right, 1);
    context.fillStyle = tokens.muted;
    context.fillText(text, right + GAP, to.y(value));
  }
  context.beginPath();
  context.rect(0, 0, right, height);
  context.clip();
  for (const line of drawing.lines) paintGround(context, line, to, scale.min);
  for (const line of drawing.lines) paintLine(context, line, to);
}

/** What is filled around or under a line lies under all lines. */
function paintGround(context: CanvasRenderingContext2D, line: DrawnLine, to: Places, least: number): void {
  context.fillStyle = line.colour;
  if (line.band !== null) {
    context.globalAlpha = BAND_OPACITY;
    fillBetween(context, line.band.low, line.band.high, to);
  }
  if (line.area) {
    const ground = Math.max(0, least);
    context.globalAlpha = AREA_OPACITY;
    const low = line.data.map(([time, value]): Pair => [time, value === null ? null : ground]);
    fillBetween(context, low, line.data, to);
  }
  context.globalAlpha = 1;
}

function paintLine(context: CanvasRenderingContext2D, line: DrawnLine, to: Places): void {
  context.fillStyle = line.colour;
  context.strokeStyle = line.colour;
  context.lineWidth = line.width;
  context.setLineDash([...line.dash]);
  context.beginPath();
  let drawing = false;
  for (const [time, value] of line.data) {
    if (value === null) drawing = false;
    else if (drawing) context.lineTo(to.x(time), to.y(value));
    else {
      context.moveTo(to.x(time), to.y(value));
      drawing = true;
    }
  }
  context.stroke();
  line.dots.forEach((size, i) => {
    const [time, value] = line.data[i]!;
    if (size === 0 || value === null) return;
    context.beginPath();
    context.arc(to.x(time), to.y(value), size / 2, 0, 2 * Math.PI);
    context.fill();
  });
}

/** The ground between two lines of the same times, stretch by stretch where both have a value. */
function fillBetween(
  context: CanvasRenderingContext2D,
  low: readonly Pair[],
  high: readonly Pair[],
  to: Places,
): void {
  for (let start = 0; start < low.length; start++) {
    let end = start;
    while (end < low.length && low[end]![1] !== null && high[end]![1] !== null) end++;
    if (end === start) continue;
    context.beginPath();
    for (let i = start; i < end; i++) context.lineTo(to.x(high[i]![0]), to.y(high[i]![1]!));
    for (let i = end - 1; i >= start; i--) context.lineTo(to.x(low[i]![0]), to.y(low[i]![1]!));
    context.fill();
    start = end;
  }
}
