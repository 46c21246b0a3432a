import { storedAnswer } from '../../../models/columns/profiled-columns.ts';
import { lossiest } from '../../../profiles/labels/lossiest.ts';
import { everyOf, type Reason } from './reason.ts';

const DAY = 86_400_000;

/**
 * Predictions whose label says that they were most wrong, of the day before the model's label delay: the label may be wrong itself, or the case one that the
 * model has never learned. Those that a person labelled are left out.
 */
export const high_loss: Reason = {
  id: 'high_loss',
  async find(ctx, { model, columns, to, n, seed, limit, known }) {
    const mature = to - model.label_delay_ms;
    const length = Math.max(DAY, model.bucket_ms);
    const found = await lossiest(ctx, model, {
      ...{ from: Math.max(0, mature - length), to: mature, answer: storedAnswer(columns) },
      ...{ every: everyOf((n * length) / model.bucket_ms), seed, limit, known },
    });
    return found.map(({ id, time, predicted, loss }) => ({ id, time, stratum: predicted, value: loss }));
  },
};
