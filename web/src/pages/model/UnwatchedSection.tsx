import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import { telemetryQuery } from '../../api/queries.ts';
import type { Model } from '../../api/types.ts';
import { Section } from '../../charts/Section.tsx';
import { Words } from '../../charts/Words.tsx';
import type { Range } from '../../time/range.ts';
import { LAYER_LABEL } from '../fleet/order.ts';
import { HOW, UNWATCHED } from '../fleet/UnwatchedLayers.tsx';
import classes from './model.module.css';

interface Props {
  readonly model: Model;
  readonly range: Range;
}

/** Layers that nothing tells of yet, in one line. */
export const UnwatchedSection = memo(function UnwatchedSection({ model, range }: Props) {
  const told = useQuery(telemetryQuery(model.id, range)).data?.series.map(({ layer }) => layer) ?? [];
  const silent = UNWATCHED.filter(
    (layer) => (model.layers[layer] ?? 'no_data') === 'no_data' && !told.includes(layer),
  );
  if (silent.length === 0) return null;
  return (
    <Section title="Not watched yet">
      <Words>
        <p className={classes.quiet}>
          {silent.map((layer) => LAYER_LABEL[layer]).join(' and ')}. {HOW}
        </p>
      </Words>
    </Section>
  );
});
