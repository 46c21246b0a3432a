import { z } from 'zod';

export const Role = z.enum(['viewer', 'editor', 'admin']);

export const User = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: Role,
  created_at: z.string(),
  disabled: z.boolean(),
});
export type User = z.infer<typeof User>;

export const NewUser = z
  .object({ email: z.email().max(256), name: z.string().min(1).max(128), role: Role })
  .strict();
export type NewUser = z.infer<typeof NewUser>;

export const UserChange = z
  .object({ name: z.string().min(1).max(128), role: Role, disabled: z.boolean() })
  .partial()
  .strict();
export type UserChange = z.infer<typeof UserChange>;

/** Who is signed in. */
export const Session = z.object({
  user: z.object({ id: z.string(), email: z.string(), name: z.string(), role: Role }),
  version: z.string(),
});
