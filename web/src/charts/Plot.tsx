import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef, useState } from 'react';

interface Props {
  readonly option: EChartsCoreOption;
  readonly height: number;
  /** What the chart shows, in words. */
  readonly label: string;
}

/** A drawing on a canvas. The drawing library is loaded when the first one appears. */
export function Plot({ option, height, label }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<EChartsType | null>(null);

  useEffect(() => {
    let gone = false;
    let made: EChartsType | null = null;
    const observer = new ResizeObserver(() => made?.resize());
    void import('./echarts.ts').then(({ init }) => {
      if (gone || host.current === null) return;
      made = init(host.current, undefined, { renderer: 'canvas' }) as unknown as EChartsType;
      observer.observe(host.current);
      setChart(made);
    });
    return () => {
      gone = true;
      observer.disconnect();
      made?.dispose();
    };
  }, []);

  useEffect(() => {
    if (chart !== null && !chart.isDisposed()) chart.setOption(option, { notMerge: true });
  }, [chart, option]);

  return <div ref={host} role="img" aria-label={label} style={{ height, width: '100%' }} />;
}
