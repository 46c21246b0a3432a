/** A row of a table: its cells by column. Text in delimited files, null where there is none; what JSON says in JSON. */
export type TableRow = Readonly<Record<string, unknown>>;
