/** What a record has under a name that senders chose, which may be `toString`. `own({ a: 1 }, 'toString')` → undefined */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
