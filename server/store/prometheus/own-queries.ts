import { z } from 'zod';
import { TiltmeterError } from '../../../contract/errors.ts';
import type { OwnQuery } from './prometheus.ts';

const Own = z
  .array(
    z
      .object({
        id: z
          .string()
          .regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be a small letter, then small letters, digits or _'),
        layer: z.enum(['infrastructure', 'serving']),
        title: z.string().min(1).max(128),
        unit: z.string().max(32),
        query: z.string().min(1).max(8192),
      })
      .strict(),
  )
  .max(50)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'has an id twice');

/** The text of TILTMETER_PROMETHEUS_QUERIES. Errors: invalid_option, with the place. */
export function ownQueries(text: string): readonly OwnQuery[] {
  const wrong = (why: string) =>
    new TiltmeterError('invalid_option', `TILTMETER_PROMETHEUS_QUERIES must be a list as JSON: ${why}`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw wrong((error as Error).message);
  }
  const { data, error } = Own.safeParse(parsed);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  throw wrong(`${issue!.path.join('.')} ${issue!.message}`);
}
