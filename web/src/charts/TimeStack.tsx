import { ActionIcon } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import {
  createContext,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
} from 'react';
import { moment, timeTicks } from '../time/format.ts';
import type { Extent, Range } from '../time/range.ts';
import { useZone, zoneName } from '../time/zone.ts';
import { Left, Minus, Right } from '../ui/icons.tsx';
import { type Band, type ChangeMark, flagsOf, share, snapped, zoomedOut } from './annotations.ts';
import { ChangeFlag, ChangeHandle, ChangeLine } from './Changes.tsx';
import classes from './charts.module.css';
import { HoverContext, makeHover, useHover } from './hover.ts';

interface StackContext {
  readonly range: Range;
  readonly bucket: number;
  readonly incidents: readonly Band[];
}

const Stack = createContext<StackContext>({ range: { from: 0, to: 1 }, bucket: 1, incidents: [] });

/** The range, the bucket and the incidents that all charts of the stack share. */
export function useStack(): StackContext {
  return useContext(Stack);
}

interface Props {
  readonly range: Range;
  readonly extent: Extent;
  readonly onRange: (range: Range) => void;
  readonly changes?: readonly ChangeMark[];
  readonly incidents?: readonly Band[];
  readonly children: ReactNode;
}

const CLICK = 4;
const NO_CHANGES: readonly ChangeMark[] = [];
const NO_INCIDENTS: readonly Band[] = [];

/**
 * Charts under one time axis. Crosshair, brush and changes are drawn once over all of them, so that moving the pointer
 * redraws no chart; an incident is a strip under the rows that it is about. Dragging over any chart sets the range; the axis does the same from the keyboard.
 */
export function TimeStack({
  range,
  extent,
  onRange,
  changes = NO_CHANGES,
  incidents = NO_INCIDENTS,
  children,
}: Props) {
  const hover = useMemo(makeHover, []);
  const plot = useRef<HTMLDivElement>(null);
  const cross = useRef<HTMLDivElement>(null);
  const brush = useRef<HTMLDivElement>(null);
  const drag = useRef<{ start: number; x: number; id: number } | null>(null);
  const context = useMemo(
    () => ({ range, bucket: extent.bucket, incidents }),
    [range, extent.bucket, incidents],
  );
  const shown = useMemo(
    () => changes.filter(({ time }) => time >= range.from && time < range.to),
    [changes, range],
  );

  const timeAt = (clientX: number): number | null => {
    const box = plot.current!.getBoundingClientRect();
    if (clientX < box.left || clientX > box.right) return null;
    return range.from + ((clientX - box.left) / box.width) * (range.to - range.from);
  };

  useEffect(
    () =>
      hover.subscribe(() => {
        const time = hover.get();
        const line = cross.current!;
        line.hidden = time === null;
        if (time !== null) line.style.left = `${share(time, range) * 100}%`;
      }),
    [hover, range],
  );

  const showBrush = (a: number, b: number) => {
    const from = share(Math.min(a, b), range);
    brush.current!.hidden = false;
    brush.current!.style.left = `${from * 100}%`;
    brush.current!.style.width = `${(share(Math.max(a, b), range) - from) * 100}%`;
  };
  const endDrag = () => {
    drag.current = null;
    brush.current!.hidden = true;
  };

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const box = plot.current!.getBoundingClientRect();
    const held = drag.current;
    const x = held === null ? event.clientX : Math.min(box.right, Math.max(box.left, event.clientX));
    const time = timeAt(x);
    hover.set(time);
    if (held !== null && time !== null && Math.abs(event.clientX - held.x) > CLICK) {
      if (!event.currentTarget.hasPointerCapture(held.id)) event.currentTarget.setPointerCapture(held.id);
      showBrush(held.start, time);
    }
  };

  return (
    <HoverContext value={hover}>
      <Stack value={context}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the axis inside does the same from the keyboard */}
        <div
          className={classes.stack}
          data-flags={shown.length > 0 || undefined}
          onPointerMove={onPointerMove}
          onPointerLeave={() => drag.current === null && hover.set(null)}
          onPointerDown={(event) => {
            const time = timeAt(event.clientX);
            if (
              event.button !== 0 ||
              time === null ||
              (event.target as HTMLElement).closest('[data-no-brush]')
            )
              return;
            drag.current = { start: time, x: event.clientX, id: event.pointerId };
          }}
          onPointerUp={(event) => {
            const held = drag.current;
            if (held === null) return;
            const end = hover.get();
            const dragged = Math.abs(event.clientX - held.x) > CLICK;
            endDrag();
            if (dragged && end !== null) onRange(snapped(held.start, end, extent.bucket));
          }}
          onPointerCancel={endDrag}
          onDoubleClick={(event) => {
            if (timeAt(event.clientX) !== null && !(event.target as HTMLElement).closest('a, button')) {
              onRange(zoomedOut(range, extent));
            }
          }}
        >
          <Axis
            range={range}
            extent={extent}
            onRange={onRange}
            changes={shown}
            showBrush={showBrush}
            endBrush={endDrag}
          />
          <div className={classes.under} aria-hidden="true">
            {shown.map((mark) => (
              <ChangeLine key={mark.id} mark={mark} range={range} />
            ))}
          </div>
          {children}
          <div className={classes.over} ref={plot} aria-hidden="true">
            <div ref={brush} className={classes.brush} hidden />
            <div ref={cross} className={classes.cross} hidden />
            {shown.map((mark) => (
              <ChangeHandle key={mark.id} mark={mark} range={range} />
            ))}
          </div>
        </div>
      </Stack>
    </HoverContext>
  );
}

interface AxisProps extends Pick<Props, 'range' | 'extent' | 'onRange'> {
  readonly changes: readonly ChangeMark[];
  readonly showBrush: (a: number, b: number) => void;
  readonly endBrush: () => void;
}

function Axis({ range, extent, onRange, changes, showBrush, endBrush }: AxisProps) {
  const hover = useContext(HoverContext);
  const held = useRef<number | null>(null);
  const length = range.to - range.from;
  const pan = (part: number) => onRange({ from: range.from + length * part, to: range.to + length * part });
  const step = Math.max(extent.bucket, Math.floor(length / 200 / extent.bucket) * extent.bucket);

  const onKey = (event: KeyboardEvent) => {
    const at = hover.get() ?? (event.key === 'ArrowRight' ? range.from : range.to);
    const move = event.key === 'ArrowLeft' ? -step : event.key === 'ArrowRight' ? step : 0;
    if (move !== 0) {
      const next = Math.min(range.to - 1, Math.max(range.from, at + move));
      if (event.shiftKey) {
        held.current ??= at;
        showBrush(held.current, next);
      } else {
        held.current = null;
        endBrush();
      }
      hover.set(next);
    } else if (event.key === 'Enter' && held.current !== null) {
      onRange(snapped(held.current, hover.get() ?? range.to, extent.bucket));
      held.current = null;
      endBrush();
    } else if (event.key === 'Escape') {
      held.current = null;
      endBrush();
      hover.set(null);
    } else if (event.key === '-') onRange(zoomedOut(range, extent));
    else return;
    event.preventDefault();
  };

  return (
    <div className={classes.axis}>
      <div className={classes.axisLabel} data-no-brush>
        <HoverTime />
        <span className={classes.axisButtons}>
          <ActionIcon size="sm" aria-label="Earlier" onClick={() => pan(-0.5)}>
            <Left />
          </ActionIcon>
          <ActionIcon size="sm" aria-label="Zoom out" onClick={() => onRange(zoomedOut(range, extent))}>
            <Minus />
          </ActionIcon>
          <ActionIcon size="sm" aria-label="Later" onClick={() => pan(0.5)}>
            <Right />
          </ActionIcon>
        </span>
      </div>
      <AxisSlider range={range} onKey={onKey} />
      {changes.length > 0 && <Flags range={range} changes={changes} />}
    </div>
  );
}

/** What changed when, in words, under the ticks. */
function Flags({ range, changes }: { range: Range; changes: readonly ChangeMark[] }) {
  const { ref, width } = useElementSize();
  return (
    <fieldset ref={ref} className={classes.flags} aria-label="Changes in this range">
      {flagsOf(changes, range, width).map((flag) => (
        <ChangeFlag key={flag.mark.id} flag={flag} range={range} />
      ))}
    </fieldset>
  );
}

function AxisSlider({ range, onKey }: { range: Range; onKey: (event: KeyboardEvent) => void }) {
  const zone = useZone();
  const { ref, width } = useElementSize();
  const time = useHover();
  const shown = time ?? range.to;
  return (
    <div
      ref={ref}
      className={classes.ticks}
      role="slider"
      tabIndex={0}
      aria-label="Time axis: arrow keys move the crosshair, with shift they select, Enter shows the selection, minus zooms out"
      aria-valuemin={range.from}
      aria-valuemax={range.to}
      aria-valuenow={Math.round(shown)}
      aria-valuetext={`${moment(shown, zone)} ${zoneName(zone)}`}
      onKeyDown={onKey}
    >
      {timeTicks(range, Math.max(3, Math.min(10, Math.floor(width / 88))), zone).map((tick) => (
        <span key={tick.time} style={{ left: `${share(tick.time, range) * 100}%` }}>
          {tick.label}
        </span>
      ))}
    </div>
  );
}

function HoverTime() {
  const zone = useZone();
  const time = useHover();
  return (
    <span className={classes.hoverTime} data-figures>
      {time === null
        ? `Newest in range, ${zoneName(zone)}`
        : moment(Math.round(time / 60_000) * 60_000, zone)}
    </span>
  );
}
