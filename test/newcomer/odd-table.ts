import { random, randomNormal } from '../../stats/random.ts';

/** What the newcomer's columns are called, by the part each plays. */
export const COLUMNS = {
  id: 'Vorgang Nr.',
  time: 'gescort am',
  prediction: 'Entscheidung (final)',
  score: 'Wahrsch. Ausfall',
  label: 'ausgefallen?',
} as const;

const HEADER = [
  COLUMNS.id,
  COLUMNS.time,
  'Alter (Jahre)',
  'Einkommen €/Jahr',
  'Région',
  'PLZ',
  'Bemerkung',
  COLUMNS.prediction,
  COLUMNS.score,
  COLUMNS.label,
];
const REGIONS = ['Île-de-France', 'Bretagne', 'Grand Est', 'n. bek.'];
const NOTES = ['', '', '"Kunde rief an; unklar"', 'siehe Akte'];

/**
 * A table as it comes out of somebody's spreadsheet: semicolons, decimal commas, names with blanks and signs, codes with
 * leading zeros, empty cells. `shift` moves the income by so many standard deviations.
 */
export function oddTable(rows: number, from: number, to: number, shift = 0): string {
  const next = random(rows);
  const lines = Array.from({ length: rows }, (_, i) => {
    const time = new Date(from + ((to - from) * i) / rows);
    const age = Math.round(20 + 50 * next());
    const income = 38_000 + 9_000 * (randomNormal(next) + shift);
    const region = REGIONS[Math.floor(next() * REGIONS.length)]!;
    const risk = 1 / (1 + Math.exp((income - 33_000) / 6_000 + randomNormal(next)));
    return [
      `V-${(7_000_000 + i).toString(36).toUpperCase()}`,
      `${time.toISOString().slice(0, 19).replace('T', ' ')}`,
      age,
      next() < 0.03 ? '' : comma(income.toFixed(2)),
      region,
      String(Math.floor(next() * 99_999)).padStart(5, '0'),
      NOTES[Math.floor(next() * NOTES.length)]!,
      risk > 0.5 ? 'ablehnen' : 'annehmen',
      comma(risk.toFixed(4)),
      next() < risk ? 'ablehnen' : 'annehmen',
    ].join(';');
  });
  return `${HEADER.join(';')}\n${lines.join('\n')}\n`;
}

const comma = (number: string) => number.replace('.', ',');
