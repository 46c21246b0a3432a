/** A way in which numbers are put into other numbers. */
export interface Conversion {
  /** As it is said: `100 times larger`. */
  readonly says: string;
  /** What it usually is: `cents for euros`; empty when it is nothing in particular. */
  readonly means: string;
  readonly map: (x: number) => number;
}

const FACTORS: readonly (readonly [factor: number, up: string, down: string])[] = [
  [10, 'a decimal point moved', 'a decimal point moved'],
  [100, 'cents for euros, per cent for shares', 'euros for cents, shares for per cent'],
  [1000, 'grams for kilograms, milliseconds for seconds', 'kilograms for grams, seconds for milliseconds'],
  [1e6, 'units for millions', 'millions for units'],
  [60, 'minutes for hours, seconds for minutes', 'hours for minutes, minutes for seconds'],
  [3600, 'seconds for hours', 'hours for seconds'],
  [24, 'hours for days', 'days for hours'],
  [12, 'months for years', 'years for months'],
  [7, 'days for weeks', 'weeks for days'],
  [2.20462, 'pounds for kilograms', 'kilograms for pounds'],
  [1.609344, 'kilometres for miles', 'miles for kilometres'],
  [3.28084, 'feet for metres', 'metres for feet'],
  [2.54, 'centimetres for inches', 'inches for centimetres'],
  [25.4, 'millimetres for inches', 'inches for millimetres'],
  [4.184, 'kilojoules for kilocalories', 'kilocalories for kilojoules'],
  [3.6, 'kilometres an hour for metres a second', 'metres a second for kilometres an hour'],
];

/** `inWords(100.2)` → '100 times larger', `inWords(0.4536)` → '2.2 times smaller' */
export function inWords(factor: number): string {
  const size = factor >= 1 ? factor : 1 / factor;
  return `${Number(size.toPrecision(size >= 100 ? 3 : 2))} times ${factor >= 1 ? 'larger' : 'smaller'}`;
}

/** The conversions between units that are met most often, each with its opposite. */
export const CONVERSIONS: readonly Conversion[] = [
  ...FACTORS.flatMap(([factor, up, down]): Conversion[] => [
    { says: inWords(factor), means: up, map: (x) => x * factor },
    { says: inWords(1 / factor), means: down, map: (x) => x / factor },
  ]),
  { says: 'of the opposite sign', means: 'a sign turned', map: (x) => -x },
  {
    says: '9/5 times larger and moved by 32',
    means: 'degrees Fahrenheit for Celsius',
    map: (x) => 1.8 * x + 32,
  },
  {
    says: 'moved by 32 and 9/5 times smaller',
    means: 'degrees Celsius for Fahrenheit',
    map: (x) => (x - 32) / 1.8,
  },
  { says: 'moved by 273', means: 'kelvins for degrees Celsius', map: (x) => x + 273.15 },
  { says: 'moved down by 273', means: 'degrees Celsius for kelvins', map: (x) => x - 273.15 },
  { says: 'a whole number', means: 'decimals cut off', map: Math.round },
];

/** Hours of a day in another time zone. */
export const TIME_ZONES: readonly Conversion[] = Array.from({ length: 23 }, (_, i) => ({
  says: `moved by ${i + 1 <= 12 ? i + 1 : i - 23} hours`,
  means: 'another time zone',
  map: (x: number) => (x + i + 1) % 24,
}));
