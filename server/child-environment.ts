/**
 * What a process of its own gets of the environment: all but the server's own settings and those by which its driver of PostgreSQL signs in,
 * some of which are secrets. It runs the engine, or reads what somebody sent. `childEnvironment({ PATH: '/bin', TILTMETER_ADMIN_KEY: 'x' })` → { PATH: '/bin' }
 */
export function childEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(TILTMETER_|PG)/.test(name)));
}
