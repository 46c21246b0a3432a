/** The more particular first: Edge and Opera call themselves Chrome too, Chrome calls itself Safari. */
const BROWSERS = [
  ['Edge', /\bEdg/],
  ['Opera', /\bOPR\//],
  ['Firefox', /\bFirefox\//],
  ['Chrome', /\b(Headless)?Chrome\//],
  ['Safari', /\bSafari\//],
] as const;
const SYSTEMS = [
  ['Android', /\bAndroid\b/],
  ['iOS', /\b(iPhone|iPad)\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
] as const;

/** What people call the browser that signed in. `browserName('… Windows NT 10.0 … Firefox/141.0')` → 'Firefox on Windows' */
export function browserName(agent: string | null): string {
  if (agent === null || agent === '') return 'unknown browser';
  const [browser] = BROWSERS.find(([, shape]) => shape.test(agent)) ?? [agent.slice(0, 40)];
  const system = SYSTEMS.find(([, shape]) => shape.test(agent));
  return system === undefined ? browser : `${browser} on ${system[0]}`;
}
