import { type Tiltmeter, TiltmeterApiError } from '../../clients/typescript/tiltmeter.ts';
import type { Column, Model } from '../../contract/model.ts';
import type { ServerPrivacy } from '../../contract/privacy.ts';
import type { KnownModel } from '../../mapping/read-cells.ts';

/** Stored as true and false; text that was recognised as yes and no stays the text that it is. */
const isTruth = ({ type, recognised }: Pick<Column, 'type' | 'recognised'>) =>
  type === 'boolean' && recognised === null;

/** What the server has of a model; a key that may not read is told nothing. */
export async function knownModel(client: Tiltmeter, model: string): Promise<KnownModel> {
  try {
    const { columns, privacy, server_privacy } = await client.call<Model>(
      'GET',
      `/models/${encodeURIComponent(model)}`,
    );
    // Whatever a column is taken for, its values are sent as they are stored.
    const stored = columns.map(
      ({ name, type, stored_as, recognised }) =>
        [
          name,
          stored_as === 'number' ? 'numeric' : isTruth({ type, recognised }) ? 'boolean' : 'categorical',
        ] as const,
    );
    return { exists: true, types: new Map(stored), rules: [...server_privacy, ...privacy] };
  } catch (error) {
    if (!(error instanceof TiltmeterApiError) || (error.status !== 403 && error.status !== 404)) throw error;
    if (error.status === 403) return { exists: null, types: new Map() };
    const { rules } = await client.call<ServerPrivacy>('GET', '/privacy');
    return { exists: false, types: new Map(), rules };
  }
}
