import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Tiltmeter, TiltmeterApiError } from '../../clients/typescript/tiltmeter.ts';
import type { Alert } from '../../contract/alert.ts';
import type { Model } from '../../contract/model.ts';
import type { Reference } from '../../contract/reference.ts';
import type { Registered } from '../../contract/registry.ts';
import type { VersionList } from '../../contract/version-list.ts';
import { figuresOf } from '../../registries/mlflow/figures.ts';
import type { Here } from '../../registries/mlflow/sync.ts';
import { failureOf, Misuse } from '../failure.ts';
import { everything } from '../pages.ts';
import { addReference } from '../reference/add.ts';

/** Refusals of the server that the next model would meet as well. */
const OF_ALL = new Set([401, 403, 429, 503]);

/** A server of Tiltmeter, by its API. `url`: where people look at it. */
export function hereByApi(client: Tiltmeter, url: string): Here {
  const of = (model: string) => `/models/${encodeURIComponent(model)}`;
  return {
    register: (model, registration) =>
      client.call<Registered>('PUT', `${of(model)}/registered-versions`, registration),
    references: (model) => everything<Reference>(client, `${of(model)}/references`),
    async addReference(model, { name, file, bytes, label, default: standard }) {
      const folder = await mkdtemp(join(tmpdir(), 'tiltmeter-mlflow-'));
      try {
        const path = join(folder, file.replace(/[^\w.-]/g, '_'));
        await writeFile(path, bytes);
        await addReference(client, [path], {
          model,
          name,
          map: [],
          ignore: [],
          guess: true,
          default: standard,
          ...(label === undefined ? {} : { label }),
        });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    async figures(model) {
      const [list, found, alerts] = [
        await client.call<VersionList>('GET', `${of(model)}/versions`),
        await client.call<Model>('GET', of(model)),
        await everything<Alert>(client, '/alerts', { model, state: 'firing', kind: 'drift' }),
      ];
      return figuresOf(list, found, alerts, `${url}${of(model)}`);
    },
    sentence(error) {
      const known = error instanceof TiltmeterApiError || error instanceof Misuse;
      if (!known || (error instanceof TiltmeterApiError && OF_ALL.has(error.status))) throw error;
      return `${failureOf(error).line}.`;
    },
  };
}
