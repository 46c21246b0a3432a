import { memo } from 'react';
import type { Model } from '../../api/types.ts';
import { Section } from '../../charts/Section.tsx';
import { Words } from '../../charts/Words.tsx';
import { LAYER_LABEL } from '../fleet/order.ts';
import { HOW, UNWATCHED } from '../fleet/UnwatchedLayers.tsx';
import classes from './model.module.css';

/** Layers that nothing is judged by yet, in one line. */
export const UnwatchedSection = memo(function UnwatchedSection({ model }: { model: Model }) {
  const silent = UNWATCHED.filter((layer) => (model.layers[layer] ?? 'no_data') === 'no_data');
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
