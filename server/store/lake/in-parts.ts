import { TiltmeterError } from '../../../contract/errors.ts';

/** Ids that one statement looks for: with them about 100 MB. */
export const IDS = 200_000;
/** Halves of halves: what is still too large is so for another reason. */
const MOST_PARTS = 1 << 20;

/** One of several even parts of what has an id. */
export interface Part {
  readonly parts: number;
  readonly part: number;
}

/** The rows of a part, as a condition. Parameters: parts, part. */
export const inPart = (id: string) => `cityHash64(${id}) % {parts:UInt32} = {part:UInt32}`;

/**
 * Works on `n` rows a part of their ids after the other, so that one statement can hold the ids of a part; a part that is
 * too large all the same is done in halves. Errors: those of the work.
 * Example: `await inParts(1_000_000, (part) => lake.command(sql, { ...part }))` → five statements
 */
export async function inParts(n: number, work: (part: Part) => Promise<void>): Promise<void> {
  const parts = Math.max(1, Math.ceil(n / IDS));
  for (let part = 0; part < parts; part++) await orHalves({ parts, part }, work);
}

async function orHalves(part: Part, work: (part: Part) => Promise<void>): Promise<void> {
  try {
    await work(part);
  } catch (error) {
    if (!isTooLarge(error) || part.parts >= MOST_PARTS) throw error;
    for (const half of [part.part, part.part + part.parts])
      await orHalves({ parts: 2 * part.parts, part: half }, work);
  }
}

/** Whether a statement needs more memory or time than one may have. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof TiltmeterError && error.code === 'query_too_large';
}
