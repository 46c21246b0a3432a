import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef, useState } from 'react';
import { inTurn } from './turns.ts';
import { useSeen } from './useSeen.ts';

interface Props {
  readonly option: EChartsCoreOption;
  readonly height: number;
  /** What the chart shows, in words. */
  readonly label: string;
}

/** A drawing on a canvas, made when it comes into view. */
export function Plot({ option, height, label }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType | null>(null);
  const seen = useSeen(host);

  useEffect(() => {
    if (!seen) return;
    // What is drawn late may find its place gone.
    const place = host.current!;
    let gone = false;
    let made: EChartsType | null = null;
    let takeBack = () => {};
    const observer = new ResizeObserver(() => {
      const { clientWidth, clientHeight } = place;
      // It is told of the size at first too, at which the drawing was made.
      if (made!.getWidth() !== clientWidth || made!.getHeight() !== clientHeight) made!.resize();
    });
    void import('./echarts.ts').then(({ init }) => {
      if (gone) return;
      takeBack = inTurn(() => {
        made = init(place, undefined, { renderer: 'canvas' }) as unknown as EChartsType;
        observer.observe(place);
        setChart(made);
      });
    });
    return () => {
      gone = true;
      takeBack();
      observer.disconnect();
      made?.dispose();
    };
  }, [seen]);

  useEffect(() => {
    if (chart === null) return;
    return inTurn(() => {
      if (!chart.isDisposed()) chart.setOption(option, { notMerge: true });
    });
  }, [chart, option]);

  return <div ref={host} role="img" aria-label={label} style={{ height, width: '100%' }} />;
}
