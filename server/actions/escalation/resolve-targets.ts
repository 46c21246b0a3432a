import type { EscalationTarget, NewEscalation } from '../../../contract/escalation.ts';
import type { NewRota } from '../../../contract/rota.ts';
import { onCallAt } from '../rotas/on-call-at.ts';
import { type Address, type Addresses, whyUnreachable } from './addresses.ts';

/** What there is to tell people by. */
export interface Directory extends Addresses {
  readonly rotas: ReadonlyMap<string, NewRota>;
  readonly escalations: ReadonlyMap<string, NewEscalation>;
}

/** Who a step reaches, and why not whom it does not. */
export interface Reached {
  /** Each once. */
  readonly addresses: readonly Address[];
  /** For people: `Ada (pager)`. */
  readonly told: readonly string[];
  /** A sentence each. */
  readonly troubles: readonly string[];
}

/**
 * Who is told by these targets at a moment. An escalation among them stands for all that its own steps tell; one that leads back to itself is
 * followed once. Pure.
 */
export function resolveTargets(
  targets: readonly EscalationTarget[],
  directory: Directory,
  owners: readonly string[],
  now: number,
  seen: ReadonlySet<string> = new Set(),
): Reached {
  const all = targets.map((target) => reach(target, directory, owners, now, seen));
  const addresses = new Map(all.flatMap((each) => each.addresses).map((each) => [each.id, each]));
  return {
    addresses: [...addresses.values()],
    told: [...new Set(all.flatMap(({ told }) => told))],
    troubles: [...new Set(all.flatMap(({ troubles }) => troubles))],
  };
}

function reach(
  target: EscalationTarget,
  directory: Directory,
  owners: readonly string[],
  now: number,
  seen: ReadonlySet<string>,
): Reached {
  if ('channel' in target) return reachChannel(directory, target.channel);
  if ('rota' in target) return reachRota(directory, target.rota, now);
  if ('owners' in target) return reachOwners(directory, owners);
  const { escalation: id } = target;
  const other = directory.escalations.get(id);
  if (other === undefined) return trouble('an escalation that it hands over to was removed');
  if (seen.has(id)) return trouble(`${other.name} leads back to itself`);
  const targets = other.steps.flatMap(({ to }) => to);
  return resolveTargets(targets, directory, owners, now, new Set([...seen, id]));
}

function reachChannel({ channels }: Directory, id: string): Reached {
  const address = channels.get(id);
  if (address === undefined) return trouble('a channel that it names was removed');
  if (!address.enabled) return trouble(`the channel ${address.name} is switched off`);
  return { addresses: [address], told: [address.name], troubles: [] };
}

function reachRota(directory: Directory, id: string, now: number): Reached {
  const rota = directory.rotas.get(id);
  if (rota === undefined) return trouble('a rota that it names was removed');
  const turn = onCallAt(rota, now);
  if (turn === null) return trouble(`nobody of ${rota.name} is on call before ${rota.starts_on}`);
  const why = whyUnreachable(directory, turn.person);
  if (why !== null) return trouble(`${why} (on call in ${rota.name})`);
  const address = directory.channels.get(turn.person.channel!)!;
  return { addresses: [address], told: [`${turn.person.name} (${address.name})`], troubles: [] };
}

/** An owner is reached by the channels that are told of what that owner has. */
function reachOwners({ channels }: Directory, owners: readonly string[]): Reached {
  if (owners.length === 0) return trouble('its models have no owner');
  const each = owners.map((owner): Reached => {
    const own = [...channels.values()].filter(({ enabled, only }) => enabled && only.owners.includes(owner));
    if (own.length === 0)
      return trouble(`the owner ${owner} has no address: no channel is told of what ${owner} owns`);
    return { addresses: own, told: own.map(({ name }) => `${owner} (${name})`), troubles: [] };
  });
  return {
    addresses: each.flatMap(({ addresses }) => addresses),
    told: each.flatMap(({ told }) => told),
    troubles: each.flatMap(({ troubles }) => troubles),
  };
}

const trouble = (sentence: string): Reached => ({ addresses: [], told: [], troubles: [sentence] });
