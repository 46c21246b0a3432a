import { z } from 'zod';
import { PrintableName } from './name.ts';

export const Role = z.enum(['viewer', 'editor', 'admin']);

/** Nobody signs in as a service account: keys of programs belong to it. */
export const AccountKind = z.enum(['person', 'service']);

export const User = z.object({
  id: z.string(),
  kind: AccountKind,
  /** Null of a service account, whose name is its own. */
  email: z.string().nullable(),
  name: z.string(),
  role: Role,
  created_at: z.string(),
  disabled: z.boolean(),
});
export type User = z.infer<typeof User>;

/** A person has an email; a service account has none. */
export const NewUser = z
  .object({
    kind: AccountKind.default('person'),
    email: z.email().max(256).optional(),
    name: PrintableName,
    role: Role,
  })
  .strict()
  .refine(({ kind, email }) => (kind === 'person') === (email !== undefined), {
    path: ['email'],
    message: 'a person has an email, a service account none',
  });
export type NewUser = z.infer<typeof NewUser>;

export const UserChange = z
  .object({ name: PrintableName, role: Role, disabled: z.boolean() })
  .partial()
  .strict();
export type UserChange = z.infer<typeof UserChange>;

/** Who is signed in. */
export const Session = z.object({
  user: z.object({ id: z.string(), email: z.string(), name: z.string(), role: Role }),
  version: z.string(),
});

/** Where somebody is signed in. */
export const OwnSession = z.object({
  id: z.string(),
  /** The address and the browser that signed in; null of sessions from before these were kept. */
  ip: z.string().nullable(),
  agent: z.string().nullable(),
  created_at: z.string(),
  /** To the minute. */
  last_seen_at: z.string(),
  /** It ends then, unless it is used before and may go on. */
  expires_at: z.string(),
  /** The one that asks. */
  current: z.boolean(),
});
export type OwnSession = z.infer<typeof OwnSession>;
