import { TiltmeterError } from '../../../contract/errors.ts';
import { type Field, fieldsOf } from '../otlp/walk.ts';

/**
 * The messages that a body is made of, by their numbers, none decoded. Errors: invalid_protobuf; body_too_large where there are more than `most` of one kind, or very many
 * of others: a body of empty ones packs to nothing, and each is an object here.
 */
export function partsOf(
  body: Buffer,
  numbers: readonly number[],
  most: number,
): ReadonlyMap<number, readonly Field[]> {
  const parts = new Map<number, Field[]>(numbers.map((number) => [number, []]));
  let all = 0;
  for (const field of fieldsOf(body)) {
    const list = field.value === undefined ? parts.get(field.number) : undefined;
    list?.push(field);
    if ((list?.length ?? 0) > most || ++all > 4 * most)
      throw new TiltmeterError(
        'body_too_large',
        `the body is made of more than ${most} series, texts or the like`,
      );
  }
  return parts;
}
