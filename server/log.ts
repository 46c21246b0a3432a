import { type DestinationStream, destination, type Level, type Logger, pino } from 'pino';

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Fields that may hold a secret, wherever they stand in the first two levels of an entry. */
const SECRETS = ['authorization', 'cookie', 'set-cookie', 'secret', 'token', 'password', 'key', 'url_secret'];

/** JSON lines on stderr, with secrets taken out. */
export function createLog(level: LogLevel, to: DestinationStream = destination(2)): Logger {
  const paths = SECRETS.flatMap((name) => [`["${name}"]`, `*["${name}"]`]);
  return pino(
    {
      level: level as Level,
      base: undefined,
      redact: { paths, censor: '[redacted]' },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    to,
  );
}
