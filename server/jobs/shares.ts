/**
 * Which server should own each model, so that all servers say the same, each gets as many as the others (one more at
 * most), and a server that comes or goes moves few models but its own: each model goes to the server it has drawn the
 * highest number for (rendezvous hashing) that has room.
 * Example: `shares(['credit', 'churn'], ['a', 'b'])` → credit → b, churn → a
 */
export function shares(models: readonly string[], servers: readonly string[]): Map<string, string> {
  const room = Math.ceil(models.length / servers.length);
  const loads = new Map(servers.map((server) => [server, 0]));
  const owners = new Map<string, string>();
  for (const model of [...models].sort()) {
    let best: string | undefined;
    let highest = -1;
    for (const server of servers) {
      const drawn = hash(`${server}\n${model}`);
      if (drawn > highest && loads.get(server)! < room) [best, highest] = [server, drawn];
    }
    if (best === undefined) continue;
    owners.set(model, best);
    loads.set(best, loads.get(best)! + 1);
  }
  return owners;
}

/** FNV-1a with the last step of MurmurHash3, which spreads names that differ in one character. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
