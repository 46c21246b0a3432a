import type { Digest } from '../../../../api/types.ts';

export const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** When a digest comes: `Monday to Friday at 08:00 Europe/Berlin` */
export function whenWords({ days, at, zone }: Pick<Digest, 'days' | 'at' | 'zone'>): string {
  return `${daysWords(days)} at ${at} ${zone}`;
}

/** Days of the week, in the order of a week that begins on Monday: `Monday to Friday`, `Monday, Thursday`, `every day` */
export function daysWords(days: readonly number[]): string {
  const order = [1, 2, 3, 4, 5, 6, 0].filter((day) => days.includes(day));
  if (order.length === 7) return 'every day';
  const [first, last] = [order[0]!, order.at(-1)!];
  const inRow = order.every((day, i) => i === 0 || (day + 7) % 7 === (order[i - 1]! + 1) % 7);
  if (order.length > 2 && inRow) return `${DAYS[first]} to ${DAYS[last]}`;
  return order.map((day) => DAYS[day]).join(', ');
}

/** What a digest is about, in words; what its channel is told of where it says nothing itself. */
export function aboutWords(only: Digest['only'], nameOf: (model: string) => string): string {
  if (only === null) return 'of the models and owners that the channel is told of';
  const { priority, models, owners, layers } = only;
  return [
    priority !== null && `incidents of ${priority === 'P1' ? 'P1' : `${priority} and more urgent ones`}`,
    models.length > 0 && `of ${models.map(nameOf).join(', ')}`,
    owners.length > 0 && `owned by ${owners.join(', ')}`,
    layers.length > 0 && `with an alert of ${layers.join(' or ')}`,
  ]
    .filter((part) => part !== false)
    .join(', ');
}
