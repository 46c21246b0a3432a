import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { TiltmeterError } from '../../contract/errors.ts';
import { plansOf } from '../plans.ts';
import { post } from '../send.ts';
import { readWhylogs } from './read-file.ts';
import { type Converted, convert, type Naming } from './to-profiles.ts';

export interface SentFile {
  readonly file: string;
  readonly stored: number;
  readonly rejected: number;
  readonly why: string;
  readonly lacking: Converted['lacking'];
}

/** Sends what a file of whylogs counted; the same file twice is the same profiles. Errors: unreadable_table, and what the server says. */
export async function sendWhylogs(
  server: { readonly url: string; readonly key: string },
  file: string,
  of: Pick<Naming, 'model' | 'version' | 'outputs'>,
): Promise<SentFile> {
  const bytes = await readFile(file);
  const profile = readWhylogs(bytes, basename(file));
  const known = await plansOf(server).of(of.model);
  const sequence = createHash('sha256').update(bytes).digest().readUIntBE(0, 6);
  const { profiles, lacking } = convert(profile, { ...of, agent: 'whylogs', sequence }, known);
  if (profiles.length === 0) throw new TiltmeterError('unreadable_table', `${basename(file)} counts no row`);
  const outcome = await post(server, gzipSync(profiles.map((each) => JSON.stringify(each)).join('\n')));
  if (outcome.is === 'later')
    throw new TiltmeterError('store_unavailable', `the server takes nothing: ${outcome.why}`);
  const { rejected, why } = outcome;
  return { file, stored: profiles.length - rejected, rejected, why, lacking };
}
