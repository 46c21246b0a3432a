import { TiltmeterError } from '../../contract/errors.ts';
import { HEAD_BYTES, head } from '../files/head.ts';
import { type DelimitedLayout, delimitedLayout } from './delimited-layout.ts';

/**
 * Columns of text have no names but those of the header: files of one table must have the same.
 * @throws unreadable_table with the file that is laid out otherwise than the first.
 */
export async function mustAgree(
  files: readonly string[],
  { encoding, shape }: DelimitedLayout,
): Promise<void> {
  for (const file of files.slice(1)) {
    const start = await head(file, HEAD_BYTES);
    const other = delimitedLayout(file, start, start.length < HEAD_BYTES);
    const same =
      other.encoding === encoding &&
      other.shape.delimiter === shape.delimiter &&
      other.shape.above === shape.above &&
      other.shape.names.join('\n') === shape.names.join('\n');
    if (!same)
      throw new TiltmeterError(
        'unreadable_table',
        `${file}: is laid out otherwise than ${files[0]} (header, delimiter or encoding)`,
      );
  }
}
