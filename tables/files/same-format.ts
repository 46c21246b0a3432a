import { TiltmeterError } from '../../contract/errors.ts';
import { FORMAT_NAMES, formatOf, type TableFormat } from './format.ts';
import { head } from './head.ts';

/** Bytes that tell a format. */
const SIGN_BYTES = 4096;

/** Files of one table have one format. @throws unreadable_table with the file that has another. */
export async function mustBeOfFormat(
  files: readonly string[],
  format: TableFormat,
  first: string,
): Promise<void> {
  for (const file of files) {
    const start = await head(file, SIGN_BYTES);
    if (start.length === 0) throw new TiltmeterError('unreadable_table', `${file}: is empty`);
    const other = formatOf(file, start);
    if (other !== format)
      throw new TiltmeterError(
        'unreadable_table',
        `${file}: is ${FORMAT_NAMES[other]}, but ${first} is ${FORMAT_NAMES[format]}; one table is of one format`,
      );
  }
}
