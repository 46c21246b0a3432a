import { z } from 'zod';
import { postAndRead } from '../../actions/wire/post.ts';
import { Address, Authorization, below, PathPart, textOf } from './address.ts';
import type { ActionKind } from './kind.ts';
import { filled, Parameters } from './parameters.ts';

const Options = z
  .object({
    address: Address.describe('Address of Kubeflow Pipelines'),
    pipeline: PathPart.describe('Pipeline (id)'),
    pipeline_version: PathPart.describe('Version of the pipeline (id)'),
    experiment: PathPart.optional().describe('Experiment (id), if any'),
    authorization: Authorization.optional().describe('Authorization (Bearer …), if any'),
    parameters: Parameters.describe('Parameters, as JSON'),
  })
  .strict();
type Options = z.infer<typeof Options>;

/**
 * A run of Kubeflow Pipelines (API v2beta1). It knows no key, so what may have been heard is not repeated.
 * https://www.kubeflow.org/docs/components/pipelines/reference/api/kubeflow-pipeline-api-spec/
 */
export const kubeflow: ActionKind<Options> = {
  id: 'kubeflow',
  title: 'Kubeflow pipeline',
  options: Options,
  secrets: ['authorization'],
  repeatable: false,
  makesVersion: true,
  address: ({ address, pipeline }) => `${new URL(address).host}, pipeline ${pipeline}`,
  reaches: ({ address }) => address,
  async begin(context, options, task) {
    const { address, pipeline, pipeline_version, experiment, authorization } = options;
    const body = JSON.stringify({
      display_name: `tiltmeter ${task.model} ${task.run}`,
      description: task.because.slice(0, 1_000),
      pipeline_version_reference: { pipeline_id: pipeline, pipeline_version_id: pipeline_version },
      ...(experiment === undefined ? {} : { experiment_id: experiment }),
      runtime_config: { parameters: filled(options.parameters, task) },
    });
    const to = below(address, 'apis', 'v2beta1', 'runs');
    const reply = await postAndRead(context, to, body, authorization === undefined ? {} : { authorization });
    const id = textOf(reply, 'run_id');
    return {
      reference: id,
      url: id === null ? null : `${below(address)}/#/runs/details/${encodeURIComponent(id)}`,
    };
  },
};
