import { codeText } from '../../../store/lake/code-text.ts';
import { columnName } from '../../../store/lake/column-name.ts';
import { CATEGORY_LENGTH } from '../../profile.ts';

/** The error's class: its text up to the first ':', at most 128 characters; '' for none. */
const ERROR_CLASS = `if(_error IS NULL OR _error = '', '',
    if(position(_error, ':') > 1, substringUTF8(substring(_error, 1, position(_error, ':') - 1), 1, 128), substringUTF8(_error, 1, 128)))`;

/** A column of categories: its values are texts, or numbers that stand for them. */
export interface TextColumn {
  readonly name: string;
  readonly codes: boolean;
}

/** What a category is known by: the first characters of a text. */
export function categoryText({ name, codes }: TextColumn): string {
  return codes ? codeText(columnName(name)) : `substringUTF8(${columnName(name)}, 1, ${CATEGORY_LENGTH})`;
}

/** The text that a column is profiled by: that of its category, of an error its class. */
export function textValue(column: TextColumn): string {
  return column.name === '_error' ? ERROR_CLASS : categoryText(column);
}
