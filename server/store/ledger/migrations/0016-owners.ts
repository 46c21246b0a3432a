import { type Kysely, sql } from 'kysely';
import type { Migration } from '../migrate.ts';

interface Before {
  users: { id: string; email: string; name: string; role: string; created_at: number; kind: string };
  keys: {
    id: string;
    name: string;
    created_by: string;
    created_at: number;
    revoked_at: number | null;
    owner: string;
  };
}

/** The account of keys that no person answers for. */
const AUTOMATION = 'automation';

/**
 * Keys belong to a person or a service account, and whoever acts is known by id. A key that a person made is theirs. One that was made
 * with another key belongs to whom that one does, where its name says for certain which it was. All others go to the service account
 * `automation`: none stops working, and an admin sees whom to give them to. Keys in use whose names are equal are numbered.
 */
export const owners: Migration = {
  name: '0016-owners',
  async up(db) {
    await sql`alter table users add column kind text not null default 'person'`.execute(db);
    await sql`alter table keys add column owner text not null default ''`.execute(db);
    await sql`alter table keys add column models text`.execute(db);
    for (const [table, column] of [
      ['audit', 'actor_id'],
      ['incident_events', 'actor_id'],
      ['references', 'created_by_id'],
      ['removals', 'requested_by_id'],
    ] as const)
      await sql`alter table ${sql.table(table)} add column ${sql.ref(column)} text`.execute(db);
    const ledger = db as unknown as Kysely<Before>;
    await giveOwners(ledger);
    await numberNames(ledger);
    await sql`create unique index keys_name_unique on keys (lower(name)) where revoked_at is null`.execute(
      db,
    );
  },
};

async function giveOwners(db: Kysely<Before>): Promise<void> {
  const people = new Map(
    (await db.selectFrom('users').select(['id', 'email']).execute()).map(({ id, email }) => [email, id]),
  );
  const keys = await db
    .selectFrom('keys')
    .select(['id', 'name', 'created_by', 'created_at'])
    .orderBy('id')
    .execute();
  const named = (name: string) => keys.filter((key) => key.name === name);
  const ownerOf = (maker: string, seen: readonly string[]): string => {
    const person = people.get(maker);
    if (person !== undefined) return person;
    const [parent, other] = maker.startsWith('key ') ? named(maker.slice('key '.length)) : [];
    if (parent === undefined || other !== undefined || seen.includes(parent.id)) return AUTOMATION;
    return ownerOf(parent.created_by, [...seen, parent.id]);
  };
  const owned = keys.map((key) => ({ ...key, owner: ownerOf(key.created_by, [key.id]) }));
  if (owned.some(({ owner }) => owner === AUTOMATION)) {
    const created_at = Math.min(...keys.map((key) => Number(key.created_at)));
    const account = { id: AUTOMATION, email: AUTOMATION, name: AUTOMATION, role: 'admin', kind: 'service' };
    await db
      .insertInto('users')
      .values({ ...account, created_at })
      .execute();
  }
  for (const { id, owner } of owned)
    await db.updateTable('keys').set({ owner }).where('id', '=', id).execute();
}

async function numberNames(db: Kysely<Before>): Promise<void> {
  const keys = await db
    .selectFrom('keys')
    .select(['id', 'name'])
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .execute();
  const taken = new Set<string>();
  for (const { id, name } of keys) {
    let free = name;
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name} (${n})`;
    taken.add(free.toLowerCase());
    if (free !== name) await db.updateTable('keys').set({ name: free }).where('id', '=', id).execute();
  }
}
