import { TIED } from './tie.ts';

/** What a server of many models tells of one of them, by the label that has its name: Triton and Seldon, TorchServe and TensorFlow Serving and vLLM, KServe. */
const SERVED = ['model', 'model_name', 'inferenceservice']
  .map((label) => `Attributes['${label}'] IN {services:Array(String)}`)
  .join(' OR ');

/** The whole of a pod, which its containers make up, and what holds it up: cAdvisor tells all three. */
const WHOLE_POD =
  "startsWith(MetricName, 'container_') AND Attributes['pod'] != '' AND Attributes['container'] IN ('', 'POD')";

/** Series of samples that are tied, by their number. Parameters: those of the tie, from, to, step, and `names`. */
const FOUND = `tiltmeter.metric_series WHERE MetricName IN {names:Array(String)}
  AND Day >= toDate(fromUnixTimestamp64Milli({from:Int64} - {step:Int64}, 'UTC')) AND Day <= toDate(fromUnixTimestamp64Milli({to:Int64}, 'UTC'))
  AND (${TIED} OR Model = '' AND (${SERVED})) AND NOT (${WHOLE_POD})`;

/** The condition on a sample that it is of one of them. */
export const OF_SERIES = `Series GLOBAL IN (SELECT Series FROM ${FOUND})`;

/** What each of them is, joined to what was made of its samples. `more`: further columns, each an aggregate of its rows. */
export const WITH_SERIES = (more = '') =>
  `GLOBAL INNER JOIN (SELECT Series, any(MetricName) AS metric, any(Instance) AS instance ${more} FROM ${FOUND} GROUP BY Series) AS known USING (Series)`;
