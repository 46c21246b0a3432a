import { z } from 'zod';

/** Model names appear in addresses, table names and file names: they stay short and plain. */
export const MODEL_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** What senders call features. Printable, no quotes, backticks, backslashes, semicolons; `_` begins the fixed columns. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it excludes
export const FEATURE_NAME = /^(?!_)[^\u0000-\u001f\u007f"'`\\;]{1,128}$/u;

/** Nothing that is invisible or turns the direction of text, and no blank at either end: a name reads as what it is. */
export const PRINTABLE_NAME = /^(?!\s)[^\p{C}\p{Zl}\p{Zp}]{1,128}(?<!\s)$/u;

export const PrintableName = z
  .string()
  .regex(PRINTABLE_NAME, 'must be 1 to 128 printable characters without blanks at the ends');

export const ModelName = z
  .string()
  .regex(MODEL_NAME, 'must be 1 to 64 letters, digits, ".", "_" or "-", starting with a letter or digit');
