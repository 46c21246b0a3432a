import type { KyselyPlugin } from 'kysely';
import type { Ctx } from '../../server/context.ts';
import type { Lake } from '../../server/store/lake/lake.ts';

/** A context whose statements are counted, those of the lake and of the ledger, and the rows that the engine read since its start. */
export function counting(ctx: Ctx) {
  const found = { statements: 0, ledger: 0 };
  const counted =
    <Args extends unknown[], Answer>(of: (...args: Args) => Answer) =>
    (...args: Args) => {
      found.statements++;
      return of(...args);
    };
  const { lake } = ctx;
  const counter: KyselyPlugin = {
    transformQuery({ node }) {
      found.ledger++;
      return node;
    },
    async transformResult({ result }) {
      return result;
    },
  };
  const own: Pick<Lake, 'query' | 'command' | 'insert'> = {
    query: counted(lake.query.bind(lake)) as Lake['query'],
    command: counted(lake.command.bind(lake)),
    insert: counted(lake.insert.bind(lake)),
  };
  const rowsRead = async () => {
    const sql = "SELECT value AS n FROM system.events WHERE event = 'SelectedRows'";
    return (await lake.query<{ n: number }>(sql))[0]?.n ?? 0;
  };
  return {
    ctx: {
      ...ctx,
      lake: Object.assign(Object.create(lake) as Lake, own),
      ledger: ctx.ledger.withPlugin(counter),
    },
    found,
    rowsRead,
  };
}
