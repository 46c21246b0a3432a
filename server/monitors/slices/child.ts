/** Searches one sample and ends; see process.ts. It never outlives its parent. */
import { findSlices } from '../../../stats/slices/find-slices.ts';
import type { LabelledSample } from '../../profiles/labels/labelled-sample.ts';

process.on('disconnect', () => process.exit());
process.once('message', ({ features, loss }: LabelledSample) => {
  process.send!(findSlices(features, loss), () => process.disconnect());
});
