import type { Channel, Escalation, EscalationTarget, Rota } from '../../api/types.ts';

/** What a step may name. */
export interface Nameable {
  readonly channels: readonly Pick<Channel, 'id' | 'name'>[];
  readonly rotas: readonly Pick<Rota, 'id' | 'name'>[];
  readonly escalations: readonly Pick<Escalation, 'id' | 'name'>[];
}

const OWNERS = 'owners';

/** A target as one text, for a list to choose from. `textOf({ rota: 'r1' })` → 'rota r1' */
export function textOf(target: EscalationTarget): string {
  if ('owners' in target) return OWNERS;
  if ('channel' in target) return `channel ${target.channel}`;
  return 'rota' in target ? `rota ${target.rota}` : `escalation ${target.escalation}`;
}

/** The other way. `targetOf('rota r1')` → { rota: 'r1' } */
export function targetOf(text: string): EscalationTarget {
  if (text === OWNERS) return { owners: true };
  const space = text.indexOf(' ');
  const [kind, id] = [text.slice(0, space), text.slice(space + 1)];
  if (kind === 'channel') return { channel: id };
  return kind === 'rota' ? { rota: id } : { escalation: id };
}

/** Whom a target tells, in words. */
export function whom(target: EscalationTarget, { channels, rotas, escalations }: Nameable): string {
  const nameOf = (items: readonly { id: string; name: string }[], id: string) =>
    items.find((each) => each.id === id)?.name ?? id;
  if ('channel' in target) return nameOf(channels, target.channel);
  if ('rota' in target) return `whoever is on call in ${nameOf(rotas, target.rota)}`;
  if ('owners' in target) return 'the owners';
  return `all of ${nameOf(escalations, target.escalation)}`;
}

/** All that a step may name, in words; an escalation does not name itself. */
export function choices({ channels, rotas, escalations }: Nameable, own?: string) {
  const all: EscalationTarget[] = [
    ...rotas.map(({ id }) => ({ rota: id })),
    { owners: true },
    ...channels.map(({ id }) => ({ channel: id })),
    ...escalations.filter(({ id }) => id !== own).map(({ id }) => ({ escalation: id })),
  ];
  return all.map((target) => ({
    value: textOf(target),
    label: whom(target, { channels, rotas, escalations }),
  }));
}
