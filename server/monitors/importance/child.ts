/** Fits one sample and ends; see importance-process.ts. It never outlives its parent. */
import { fitSurrogate, type LoggedSample } from './surrogate.ts';

process.on('disconnect', () => process.exit());
process.once('message', (sample: LoggedSample) => {
  process.send!(fitSurrogate(sample), () => process.disconnect());
});
