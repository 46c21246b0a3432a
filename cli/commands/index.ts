import type { MakeCommand } from '../command.ts';

/** Every command by its name, in the order of the help. Loaded when asked for: what one command needs no other pays. */
export const COMMANDS: Readonly<Record<string, () => Promise<MakeCommand>>> = {
  serve: async () => (await import('./serve.ts')).serve,
  demo: async () => (await import('./demo.ts')).demo,
  drill: async () => (await import('./drill.ts')).drill,
  check: async () => (await import('./check.ts')).check,
  profile: async () => (await import('./profile.ts')).profile,
  model: async () => (await import('./model.ts')).model,
  monitor: async () => (await import('./monitor.ts')).monitor,
  label: async () => (await import('./label.ts')).label,
  key: async () => (await import('./key.ts')).key,
  incident: async () => (await import('./incident.ts')).incident,
  'on-call': async () => (await import('./on-call.ts')).onCall,
  silence: async () => (await import('./silence.ts')).silence,
  reference: async () => (await import('./reference.ts')).reference,
  import: async () => (await import('./import.ts')).importFile,
  replay: async () => (await import('./replay.ts')).replayCommand,
  explain: async () => (await import('./explain.ts')).explain,
  privacy: async () => (await import('./privacy.ts')).privacy,
  subject: async () => (await import('./subject.ts')).subject,
  erase: async () => (await import('./erase.ts')).erase,
  audit: async () => (await import('./audit.ts')).audit,
  'secret-key': async () => (await import('./secret-key.ts')).secretKey,
  'login-link': async () => (await import('./login-link.ts')).loginLink,
  doctor: async () => (await import('./doctor.ts')).doctor,
};
