import type { DatabaseConnection, Driver } from 'kysely';
import { ledgerError } from '../errors.ts';

type Around = <T>(work: () => Promise<T>) => Promise<T>;

/** The same driver, with `around` put about opening, and about every statement of every connection. */
export function around(driver: Driver, wrap: Around): Driver {
  const acquire = driver.acquireConnection.bind(driver);
  const init = driver.init.bind(driver);
  const seen = new WeakSet<DatabaseConnection>();
  driver.init = (options) => wrap(() => init(options));
  driver.acquireConnection = async (options) => {
    const connection = await wrap(() => acquire(options));
    if (seen.has(connection)) return connection;
    seen.add(connection);
    const execute = connection.executeQuery.bind(connection);
    connection.executeQuery = (query, queryOptions) => wrap(() => execute(query, queryOptions));
    return connection;
  };
  return driver;
}

/** The same driver, whose failures are errors of the table (see errors.ts). */
export function translated(driver: Driver): Driver {
  return around(driver, async (work) => {
    try {
      return await work();
    } catch (error) {
      throw ledgerError(error);
    }
  });
}
