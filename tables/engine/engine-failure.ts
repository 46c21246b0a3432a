const ROW = /CSV|Expected end of line|INCORRECT_DATA/;

/**
 * What a failure of the engine while reading a file means, as the end of a sentence about that file. The engine's own words
 * name its parts, its settings and temporary paths; they stay in the error's cause.
 */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [
    /MEMORY_LIMIT_EXCEEDED/,
    'needs more memory than a check may take; leave columns out with --ignore, or compare fewer rows',
  ],
  [/NOT_ENOUGH_SPACE|No space left/, 'needs more room for temporary files than the disk has'],
  [
    /inflate|ZLIB|ZSTD|LZMA|decompress|Decompress/,
    'cannot be decompressed to its end; it is truncated or damaged',
  ],
  [
    /column with this name already exists|DUPLICATE_COLUMN/,
    'has two columns of one name; rename one of them',
  ],
  [/Column name in Block cannot be empty/, 'has a column without a name; give it one'],
  [/null.*type in schema inference|UNKNOWN_TYPE|NOT_IMPLEMENTED/, 'has a column of a type that is not read'],
  [
    /magic bytes|[Nn]ot a Parquet file|Parquet|parquet/,
    'cannot be read as Parquet to its end; it is truncated or damaged',
  ],
  [/Arrow|arrow/, 'cannot be read as Arrow to its end; it is truncated or damaged'],
  [/JSON/, 'cannot be read as JSON to its end; a part of it is no JSON object'],
  [ROW, 'has a row that cannot be read: text follows a closing quote, or a quote is never closed'],
  [/FILE_DOESNT_EXIST|CANNOT_OPEN_FILE|Permission denied/, 'can no longer be opened'],
];

/** Whether a row of delimited text is what the engine did not take. */
export function isRow(message: string): boolean {
  return MEANINGS.find(([sign]) => sign.test(message))?.[0] === ROW;
}

/** @example failureMeaning('… inflate failed: buffer error …') // 'cannot be decompressed to its end; …' */
export function failureMeaning(message: string): string {
  const meaning = MEANINGS.find(([sign]) => sign.test(message));
  return meaning?.[1] ?? 'cannot be read to its end; it may be damaged';
}

/** Failures that no file causes: a statement of ours that the engine does not take. */
const DEFECTS =
  /SYNTAX_ERROR|UNKNOWN_IDENTIFIER|UNKNOWN_FUNCTION|ILLEGAL_TYPE_OF_ARGUMENT|NUMBER_OF_ARGUMENTS_DOESNT_MATCH|NO_COMMON_TYPE|TYPE_MISMATCH|BAD_ARGUMENTS|LOGICAL_ERROR|UNKNOWN_SETTING/;

/** Whether a failure is a defect of ours. */
export function isDefect(message: string): boolean {
  return DEFECTS.test(message);
}
