import { type Tiltmeter, TiltmeterApiError } from '../../clients/typescript/tiltmeter.ts';
import type { Model } from '../../contract/model.ts';
import type { KnownModel } from '../../mapping/read-cells.ts';

/** What the server has of a model; a key that may not read is told nothing. */
export async function knownModel(client: Tiltmeter, model: string): Promise<KnownModel> {
  try {
    const { columns } = await client.call<Model>('GET', `/models/${encodeURIComponent(model)}`);
    // Whatever a column is taken for, its values are sent as they are stored.
    const stored = columns.map(
      ({ name, type, stored_as }) =>
        [name, type === 'boolean' ? type : stored_as === 'number' ? 'numeric' : 'categorical'] as const,
    );
    return { exists: true, types: new Map(stored) };
  } catch (error) {
    if (!(error instanceof TiltmeterApiError) || (error.status !== 403 && error.status !== 404)) throw error;
    return { exists: error.status === 404 ? false : null, types: new Map() };
  }
}
