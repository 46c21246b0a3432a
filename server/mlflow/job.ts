import { setTimeout as pause } from 'node:timers/promises';
import { type Credentials, Mlflow, MlflowError, type Send } from '../../registries/mlflow/client.ts';
import { sync } from '../../registries/mlflow/sync.ts';
import { beat } from '../heartbeats/beat.ts';
import type { SingleJob } from '../jobs/job.ts';
import type { Schemas } from '../models/columns/schemas.ts';
import { bodyOf, getFrom, postTo } from '../outgoing.ts';
import { hereItself } from './here.ts';

/** Which MLflow server, and how it is asked. */
export interface MlflowSettings {
  readonly trackingUri: string;
  readonly credentials: Credentials;
  /** Quality, drift and open incidents become tags and metrics there. */
  readonly writeBack: boolean;
  /** It may lie in a private network, whatever webhooks may. */
  readonly privateAddresses: boolean;
}

/** Under this name it says that it began, ended or failed, as other jobs do: heartbeats tell people of it. */
const JOB = 'mlflow-sync';
/** One answer of MLflow may take so long. */
const TIMEOUT_MS = 30_000;

/**
 * Brings over what is registered in MLflow. A model that cannot be is logged with why; when MLflow as a whole cannot be asked the run has failed, which
 * becomes an incident as that of any job that sends heartbeats.
 */
export function mlflowJob(
  { trackingUri, credentials, writeBack, privateAddresses }: MlflowSettings,
  schemas: Schemas,
): SingleJob {
  return {
    name: 'mlflow',
    scope: 'one',
    everyMs: 600_000,
    async run(ctx) {
      await beat(ctx, JOB, { state: 'start' });
      const send = sendFrom(ctx.settings.allowPrivateAddresses || privateAddresses);
      const mlflow = new Mlflow({ trackingUri, credentials, send, pause: (ms) => pause(ms) });
      let models = 0;
      try {
        const options = { references: true, writeBack, clock: ctx.clock };
        for await (const { name, model, failed, notes } of sync(mlflow, hereItself(ctx, schemas), options)) {
          if (failed)
            ctx.log.warn(
              { registered: name, model, notes },
              'a registered model was not wholly brought over',
            );
          else models += 1;
          await ctx.turn();
        }
      } catch (error) {
        await beat(ctx, JOB, { state: 'fail', rows: models });
        if (!(error instanceof MlflowError)) throw error;
        ctx.log.error({ reason: error.reason }, error.message);
        return;
      }
      await beat(ctx, JOB, { state: 'ok', rows: models });
    },
  };
}

/** By the rules for addresses that people name. */
function sendFrom(allowPrivateAddresses: boolean): Send {
  return async ({ method, address, headers, body, mostBytes }) => {
    const outgoing = { allowPrivateAddresses, timeoutMs: TIMEOUT_MS };
    const reply =
      method === 'GET'
        ? await getFrom(address, headers, outgoing)
        : await postTo(address, body ?? '', headers, outgoing);
    return { status: reply.statusCode!, body: await bodyOf(reply, mostBytes) };
  };
}
