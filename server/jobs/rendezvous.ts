/**
 * Which of the servers should own a model, so that all of them say the same, each gets about as many, and a server that
 * comes or goes moves no model but its own (highest random weight). Undefined when there are none.
 * Example: `rendezvous('credit', ['a', 'b'])` → 'b', and 'a' once there is no b
 */
export function rendezvous(model: string, servers: readonly string[]): string | undefined {
  let best: string | undefined;
  let highest = -1;
  for (const server of servers) {
    const weight = hash(`${server}\n${model}`);
    if (weight > highest || (weight === highest && server < best!)) {
      best = server;
      highest = weight;
    }
  }
  return best;
}

/** FNV-1a with the last step of MurmurHash3, which spreads names that differ in one character. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
