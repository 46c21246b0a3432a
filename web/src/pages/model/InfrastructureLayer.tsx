import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { telemetryQuery } from '../../api/queries.ts';
import type { Layer, Model, TelemetrySeries } from '../../api/types.ts';
import { Section } from '../../charts/Section.tsx';
import type { Range } from '../../time/range.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Moment } from '../../ui/Moment.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { LAYER_LABEL } from '../fleet/order.ts';
import classes from './model.module.css';
import { TelemetryRows } from './TelemetryRows.tsx';

interface Props {
  readonly model: Model;
  readonly range: Range;
}

/** What it is drawn from. */
export const infrastructureQuestions = (model: Model, range: Range) => [telemetryQuery(model.id, range)];

const of = (series: readonly TelemetrySeries[], layer: Layer) => series.filter((one) => one.layer === layer);

/** What the machines and the service of a model tell of themselves; nothing while they do not. */
export const InfrastructureLayer = memo(function InfrastructureLayer({ model, range }: Props) {
  const telemetry = useQuery(telemetryQuery(model.id, range));
  return (
    <Loaded of={telemetry} what="What the machines told could not be read:" height={0}>
      {({ series, step_ms: step, prometheus_away: away }) => {
        const [machines, service] = [of(series, 'infrastructure'), of(series, 'serving')];
        return (
          <>
            {away !== null && (
              <p className={classes.away} role="status" data-no-brush>
                <StateMark state="warning" label="Prometheus" word={false} /> {away.sentence}, since{' '}
                <Moment at={away.since} />. Rows that are read from it are missing.
              </p>
            )}
            {service.length > 0 && (
              <Section title="Service" note="as it tells itself, by OTLP or Prometheus">
                <TelemetryRows series={service} step={step} model={model} range={range} />
              </Section>
            )}
            {machines.length > 0 && (
              <Section title={LAYER_LABEL.infrastructure} note="by OTLP or Prometheus">
                <TelemetryRows series={machines} step={step} model={model} range={range} />
              </Section>
            )}
          </>
        );
      }}
    </Loaded>
  );
});
