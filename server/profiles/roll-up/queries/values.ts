import { columnName } from '../../../store/lake/column-name.ts';
import { CATEGORY_LENGTH } from '../../profile.ts';

/** The error's class: its text up to the first ':', at most 128 characters; '' for none. */
const ERROR_CLASS = `if(_error IS NULL OR _error = '', '',
    if(position(_error, ':') > 1, substringUTF8(substring(_error, 1, position(_error, ':') - 1), 1, 128), substringUTF8(_error, 1, 128)))`;

/** The text that a column is profiled by: a category is known by its first characters, an error by its class. */
export function textValue(name: string): string {
  return name === '_error' ? ERROR_CLASS : `substringUTF8(${columnName(name)}, 1, ${CATEGORY_LENGTH})`;
}
