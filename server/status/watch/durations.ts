/** `brief(30_400)` → '30 s', and `lasting` from two minutes on */
export function brief(ms: number): string {
  return ms < 120_000 ? `${Math.round(ms / 1000)} s` : lasting(ms);
}

/** `lasting(720_000)` → '12 min' */
export function lasting(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

/** `moment(0)` → '1970-01-01 00:00 UTC' */
export const moment = (ms: number) => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
