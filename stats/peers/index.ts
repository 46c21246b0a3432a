import { alibi } from './alibi.ts';
import { deepchecks } from './deepchecks.ts';
import { evidently } from './evidently.ts';
import { nannyml } from './nannyml.ts';
import { judge, type PeerColumnType, type PeerSample, type PeerTool, type PeerVerdict } from './peer.ts';
import { sagemaker } from './sagemaker.ts';
import { tfdv } from './tfdv.ts';
import { categories, distinctValues } from './values.ts';
import { whylabs } from './whylabs.ts';

/** The tools whose own numbers can be computed, by id. */
export const PEERS: Readonly<Record<string, PeerTool>> = {
  evidently,
  nannyml,
  sagemaker,
  deepchecks,
  tfdv,
  alibi,
  whylabs,
};

/**
 * A column's verdict as `tool` gives it with its default settings, or with the test named.
 * @throws RangeError when the tool has no such test for the type
 * @example verdictAs(evidently, 'numeric', reference, current).drift // true
 */
export function verdictAs(
  tool: PeerTool,
  type: PeerColumnType,
  reference: PeerSample,
  current: PeerSample,
  test?: string,
): PeerVerdict {
  const sizes = { rows: categories(reference).length, distinct: distinctValues(reference, current) };
  const id = test ?? tool.choose(type, sizes);
  const definition = tool.tests[id];
  if (!definition?.accepts.includes(type))
    throw new RangeError(`${tool.title} has no test "${id}" for ${type} columns`);
  const result = definition.compute(reference, current);
  const threshold =
    typeof definition.threshold === 'function' ? definition.threshold(reference) : definition.threshold;
  const drift =
    'value' in result && threshold !== null ? judge(result.value, threshold, definition.direction) : null;
  return { test: id, outcome: result, threshold, drift };
}
