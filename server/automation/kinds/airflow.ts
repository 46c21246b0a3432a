import { z } from 'zod';
import { postAndRead } from '../../actions/wire/post.ts';
import { Address, Authorization, below, PathPart } from './address.ts';
import type { ActionKind } from './kind.ts';
import { filled, Parameters } from './parameters.ts';

const Options = z
  .object({
    address: Address.describe('Address of Airflow'),
    dag: PathPart.describe('DAG'),
    api: z.enum(['v2', 'v1']).default('v2').describe('API: v2 of Airflow 3, v1 of Airflow 2'),
    authorization: Authorization.describe('Authorization (Bearer … or Basic …)'),
    conf: Parameters.describe('Configuration of the run, as JSON'),
  })
  .strict();
type Options = z.infer<typeof Options>;

/** It answers so to an id of a run that it has: the first try was heard. */
const THERE_ALREADY = 409;

/**
 * A run of a DAG of Airflow. Its id is made of the key, so that a second try makes no second run.
 * https://airflow.apache.org/docs/apache-airflow/stable/stable-rest-api-ref.html
 */
export const airflow: ActionKind<Options> = {
  id: 'airflow',
  title: 'Airflow DAG',
  options: Options,
  secrets: ['authorization'],
  repeatable: true,
  makesVersion: true,
  address: ({ address, dag }) => `${new URL(address).host}, ${dag}`,
  reaches: ({ address }) => address,
  async begin(context, { address, dag, api, authorization, conf }, task) {
    const id = `tiltmeter__${task.run}`;
    const body = JSON.stringify({
      dag_run_id: id,
      conf: filled(conf, task),
      note: task.because.slice(0, 1_000),
      // Airflow 3 asks for it, and takes null for a run of no interval of data.
      ...(api === 'v2' ? { logical_date: null } : {}),
    });
    const to = below(address, 'api', api, 'dags', dag, 'dagRuns');
    await postAndRead(context, to, body, { authorization }, THERE_ALREADY);
    const shown =
      api === 'v2'
        ? below(address, 'dags', dag, 'runs', id)
        : `${below(address, 'dags', dag, 'grid')}?dag_run_id=${encodeURIComponent(id)}`;
    return { reference: id, url: shown };
  },
};
