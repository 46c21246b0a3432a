import { InvalidArgumentError } from 'commander';
import { Impact } from '../contract/impact.ts';
import { NOTHING } from './values.ts';

/** What answers are worth, as it is typed. `impact('false_positive=-5,unit=EUR')` → { false_positive: −5, unit: 'EUR' } */
export function impact(text: string): Impact | typeof NOTHING {
  if (text.trim() === '') return NOTHING;
  const entries = text.split(',').map((part) => {
    const [name = '', value = ''] = part.split('=').map((side) => side.trim());
    return [name, name === 'unit' ? value : value === '' ? Number.NaN : Number(value)] as const;
  });
  const parsed = Impact.safeParse(Object.fromEntries(entries));
  if (!parsed.success)
    throw new InvalidArgumentError(
      'It must be values of false_positive, false_negative, true_positive, true_negative between commas: false_positive=-5,false_negative=-300,unit=EUR.',
    );
  return parsed.data;
}

/** The same in words. `impactText({ false_positive: -5, unit: 'EUR' })` → 'false_positive=-5,unit=EUR' */
export function impactText(impact: Impact): string {
  return Object.entries(impact)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}
