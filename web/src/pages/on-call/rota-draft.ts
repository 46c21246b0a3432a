import type { NewRota, Rota } from '../../api/types.ts';

/** What a form begins with: the rota that is changed, or a weekly one of nobody yet that begins today, by the reader's clocks. */
export function emptyRota(rota?: Rota, now = new Date()): NewRota {
  if (rota !== undefined) {
    const { name, zone, turn, starts_on, handover, people } = rota;
    return { name, zone, turn, starts_on, handover, people };
  }
  const two = (part: number) => String(part).padStart(2, '0');
  return {
    ...{ name: '', turn: 'week', handover: '09:00', people: [{ name: '', channel: null }] },
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    starts_on: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
  };
}

/** Whether it may be sent: everything that has to be there is. */
export function isComplete({ name, zone, starts_on, handover, people }: NewRota): boolean {
  return [name, zone, starts_on, handover, ...people.map((person) => person.name)].every(
    (text) => text.trim() !== '',
  );
}

/** The one at a place before the one before it. `moved(['a', 'b'], 1)` → ['b', 'a'] */
export function moved<T>(list: readonly T[], at: number): T[] {
  const next = [...list];
  if (at > 0) next.splice(at - 1, 2, list[at]!, list[at - 1]!);
  return next;
}

/** The others. `without(['a', 'b'], 0)` → ['b'] */
export function without<T>(list: readonly T[], at: number): T[] {
  return list.filter((_, i) => i !== at);
}
