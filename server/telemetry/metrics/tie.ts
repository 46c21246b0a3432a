import { namedBy } from '../../models/lineage.ts';
import type { LakeParam } from '../../store/lake/lake.ts';
import type { ModelRow } from '../../store/ledger/schema.ts';

/** By what telemetry is taken for a model's. */
export interface Tie {
  readonly model: string;
  readonly services: readonly string[];
  readonly hosts: readonly string[];
}

/**
 * Telemetry is a model's when it names it (`tiltmeter.model`). Where it names none: when its service bears the model's name, or when it is of a
 * deployment or a machine that the model says it runs on (`sources` of its settings). What names another model is that one's alone: a sender
 * of one model has no say about others, and who may change one reads no other through it.
 */
export function tieOf(model: Pick<ModelRow, 'id' | 'upstream' | 'sources'>): Tie {
  const { sources } = namedBy(model);
  const named = (kind: string) => sources.filter((source) => source.kind === kind).map(({ name }) => name);
  return { model: model.id, services: [model.id, ...named('deployment')], hosts: named('machine') };
}

/** The rows of a table of telemetry that are tied, as a condition. */
export const TIED = `(Model = {model:String} OR Model = '' AND (ServiceName IN {services:Array(String)} OR Deployment IN {services:Array(String)} OR Host IN {hosts:Array(String)}))`;

export const tiedParams = ({ model, services, hosts }: Tie): Record<string, LakeParam> => ({
  model,
  services,
  hosts,
});
