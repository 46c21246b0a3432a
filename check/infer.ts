import type { ColumnSurvey } from './survey.ts';

export type ColumnType = 'numeric' | 'categorical' | 'boolean' | 'text' | 'time';

/** A column's type, and the reason why it is not compared when it is not. */
export interface InferredType {
  readonly type: ColumnType;
  readonly skip: null | 'identifier' | 'all_missing' | 'time' | 'nested';
}

/** Share of a column's values that must read as its type; the rest is invalid. */
const MOST = 0.95;
const CODE_NAME = /(^|_|\b)(zip|postal|postcode|zipcode|plz|fips|phone|code)(_|\b|code|$)/i;
const ID_NAME =
  /(^|[_\s-])(id|uuid|guid|key|index|instant|rownum)$|^(unnamed: ?\d+|id)$|[a-z](ID|Id|Uuid|Guid)$/;
const TIME_NAME = /(^|_|\b)(date|datetime|day|time|timestamp|ts|created|updated)(_|\b|$)|_(at|on)$/i;
/** Whole numbers that are times when the column is named so: 20260131, seconds, milliseconds of the years 2001 to 2100. */
const TIME_NUMBERS = [
  [19_000_101, 21_001_231],
  [1e9, 4.1e9],
  [1e12, 4.1e12],
] as const;
/** A typed text column of at most this many whole numbers holds codes: who means numbers stores numbers. */
const FEW_CODES = 100;
const FREE_TEXT_WORDS = 3;

/**
 * What a column is, from its survey: pure, and the same for the same survey.
 * - text that reads as numbers is numeric, unless it is a code: leading zeros, or a name such as "zip" with a fixed length
 * - exactly two values that are boolean words, or 0 and 1, are boolean
 * - whole numbers or texts that never repeat are identifiers when the name says so or the numbers count up; they are skipped
 * - texts of several words that hardly repeat are free text
 */
export function inferType(survey: ColumnSurvey): InferredType {
  const present = survey.n - survey.missing;
  if (survey.stored === 'other') return { type: 'categorical', skip: 'nested' };
  if (survey.stored === 'time') return { type: 'time', skip: 'time' };
  if (present === 0)
    return { type: survey.stored === 'text' ? 'categorical' : 'numeric', skip: 'all_missing' };
  if (survey.stored === 'boolean' || isBoolean(survey, present)) return { type: 'boolean', skip: null };
  if (survey.stored === 'text' && survey.times >= MOST * present) return { type: 'time', skip: 'time' };
  if (isNumeric(survey, present)) {
    if (isTimeNumber(survey)) return { type: 'time', skip: 'time' };
    if (isCode(survey, present))
      return { type: 'categorical', skip: isUnique(survey, present) ? 'identifier' : null };
    return { type: 'numeric', skip: isCounter(survey, present) ? 'identifier' : null };
  }
  if (survey.meanWords >= FREE_TEXT_WORDS && survey.distinct > 0.5 * present && present >= 20)
    return { type: 'text', skip: null };
  if (survey.maxLength > 200 && survey.distinct > 0.2 * present) return { type: 'text', skip: null };
  return { type: 'categorical', skip: isUnique(survey, present) ? 'identifier' : null };
}

/** What a format stores as numbers are numbers; infinite ones are invalid, but make no text of the rest. */
function isNumeric({ stored, numbers, infinite }: ColumnSurvey, present: number): boolean {
  if (stored === 'number' || stored === 'integer') return true;
  return numbers > 0 && numbers + infinite >= MOST * present;
}

function isBoolean(survey: ColumnSurvey, present: number): boolean {
  if (survey.distinct > 2) return false;
  if (survey.booleans === present) return true;
  return survey.integers === present && survey.min === 0 && survey.max === 1;
}

function isTimeNumber({ name, integers, numbers, min, max }: ColumnSurvey): boolean {
  if (!TIME_NAME.test(name) || integers < numbers || min === null || max === null) return false;
  return TIME_NUMBERS.some(([from, to]) => min >= from && max <= to);
}

/** Digits that name rather than measure. */
function isCode(survey: ColumnSurvey, present: number): boolean {
  if (survey.integers < MOST * present) return false;
  if (survey.typed && survey.stored === 'text' && survey.distinct <= FEW_CODES) return true;
  if (survey.leadingZeros > 0.01 * present && survey.meanLength > survey.maxLength - 0.5) return true;
  return CODE_NAME.test(survey.name) && survey.min !== null && survey.min >= 100 && survey.distinct > 2;
}

/** Whole numbers that never repeat and either are named so or fill their range: a row's number. */
function isCounter(survey: ColumnSurvey, present: number): boolean {
  if (present < 20 || survey.integers < present || survey.min === null || survey.max === null) return false;
  if (survey.distinct < 0.97 * present) return false;
  return ID_NAME.test(survey.name) || survey.max - survey.min + 1 <= 1.5 * present;
}

function isUnique(survey: ColumnSurvey, present: number): boolean {
  return present >= 20 && survey.distinct >= 0.97 * present;
}
