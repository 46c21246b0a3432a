/**
 * The id of a trace in what a prediction was sent with: 32 hexadecimal digits, as a UUID too, or a W3C traceparent. Undefined where it is none of them.
 * `traceIdOf('00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01')` → '4bf92f3577b34da6a3ce929d0e0e4736'
 */
export function traceIdOf(sent: string): string | undefined {
  const text = sent.trim().toLowerCase();
  const id =
    /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(text)?.[1] ?? text.replaceAll('-', '');
  return /^[0-9a-f]{32}$/.test(id) && !/^0+$/.test(id) ? id : undefined;
}
