import { type Tiltmeter, TiltmeterApiError } from '../../clients/typescript/tiltmeter.ts';
import type { Model } from '../../contract/model.ts';
import type { Reference } from '../../contract/reference.ts';
import { Misuse } from '../failure.ts';
import type { Story } from './story.ts';

/** Tells the server about a model before it answers: what it is, what it was trained on, when it went live. */
export async function declare(client: Tiltmeter, story: Story): Promise<void> {
  const { id } = story.model;
  try {
    await client.call<Model>('POST', '/models', story.model);
  } catch (error) {
    if (error instanceof TiltmeterApiError && error.code === 'conflict') {
      throw new Misuse(
        `The data folder already has a model ${id}`,
        'Give the demo an empty folder with --data.',
      );
    }
    throw error;
  }
  const search = new URLSearchParams({ name: story.reference.name });
  await client.upload<Reference>(`/models/${id}/references/file?${search}`, story.reference.csv, 'text/csv');
  await client.changes(story.changes);
}
