import type { NewRota } from '../../../contract/rota.ts';
import { instantOf, wallAt } from '../../../contract/zone.ts';

const DAY = 86_400_000;

export interface TurnAt {
  readonly person: NewRota['people'][number];
  /** Epoch milliseconds of the two handovers. */
  readonly from: number;
  readonly to: number;
}

/**
 * Whose turn it is at a moment, and between which handovers, by the clocks of the zone: a turn over a change of the clocks is an hour
 * longer or shorter. Null before the first handover. Pure. Example: weekly turns of Ada and Ben from Monday 2 Nov 2026 on → Ben on the 10th.
 */
export function onCallAt(rota: NewRota, ms: number): TurnAt | null {
  const [year, month, day] = rota.starts_on.split('-').map(Number) as [number, number, number];
  const minute = Number(rota.handover.slice(0, 2)) * 60 + Number(rota.handover.slice(3));
  const days = rota.turn === 'week' ? 7 : 1;
  const handover = (turn: number) => instantOf({ year, month, day: day + turn * days, minute }, rota.zone);
  const wall = wallAt(ms, rota.zone);
  const passed = (Date.UTC(wall.year, wall.month - 1, wall.day) - Date.UTC(year, month - 1, day)) / DAY;
  // on the day of a handover the turn before goes on until it
  const turn = [Math.floor(passed / days), Math.floor(passed / days) - 1].find((n) => handover(n) <= ms);
  if (turn === undefined || turn < 0) return null;
  return turnOf(rota, turn, handover);
}

/** The turn after that of a moment; the first one before it. */
export function nextTurn(rota: NewRota, ms: number): TurnAt {
  const now = onCallAt(rota, ms);
  if (now !== null) return onCallAt(rota, now.to)!;
  const [year, month, day] = rota.starts_on.split('-').map(Number) as [number, number, number];
  const minute = Number(rota.handover.slice(0, 2)) * 60 + Number(rota.handover.slice(3));
  return onCallAt(rota, instantOf({ year, month, day, minute }, rota.zone))!;
}

/** The turn that is going on and those after it, so many of them; before the first handover the first ones. */
export function turnsFrom(rota: NewRota, ms: number, most: number): TurnAt[] {
  const turns = [onCallAt(rota, ms) ?? nextTurn(rota, ms)];
  while (turns.length < most) turns.push(onCallAt(rota, turns.at(-1)!.to)!);
  return turns;
}

function turnOf({ people }: NewRota, turn: number, handover: (turn: number) => number): TurnAt {
  return { person: people[turn % people.length]!, from: handover(turn), to: handover(turn + 1) };
}
