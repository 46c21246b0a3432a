/** Fits one sample and ends; see importance-process.ts. It never outlives its parent. */
import { type LoggedSample, surrogateImportance } from './importance.ts';

process.on('disconnect', () => process.exit());
process.once('message', (sample: LoggedSample) => {
  process.send!(surrogateImportance(sample), () => process.disconnect());
});
