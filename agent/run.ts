import { setTimeout as sleep } from 'node:timers/promises';
import { TiltmeterError } from '../contract/errors.ts';
import { openDataFolder } from '../server/data-folder.ts';
import { Agent } from './agent.ts';
import { plansOf } from './plans.ts';
import { sendAll } from './send.ts';
import { agentServer } from './serve.ts';
import type { AgentSettings, Say } from './settings.ts';

export interface Running {
  readonly agent: Agent;
  /** Where it takes predictions. */
  readonly address: string;
  /** Writes what was counted, then ends. */
  stop(): Promise<void>;
}

/** Starts an agent on its folder, which nobody else may use meanwhile. Errors: data_folder_locked, data_folder_not_writable, port_in_use. */
export async function startAgent(settings: AgentSettings, clock: () => number, say: Say): Promise<Running> {
  const held = openDataFolder(settings.folder);
  try {
    return await start(settings, clock, say, () => held.release());
  } catch (error) {
    held.release();
    throw error;
  }
}

async function start(
  settings: AgentSettings,
  clock: () => number,
  say: Say,
  release: () => void,
): Promise<Running> {
  const agent = await Agent.open(settings, plansOf(settings.server), clock, say);
  const server = agentServer(agent, clock);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: { code?: string }) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new TiltmeterError('port_in_use', `the port ${settings.port} is in use`)
          : error,
      ),
    );
    server.listen(settings.port, settings.host, resolve);
  });
  const stopping = new AbortController();
  const work = [ticking(agent, say, stopping.signal), sendAll(agent, say, stopping.signal)];
  const { port } = server.address() as { port: number };
  return {
    agent,
    address: `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`,
    async stop() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      stopping.abort();
      await Promise.all(work);
      await agent.tick(true);
      release();
    },
  };
}

/** What cannot be written now is written later: a full disk must not end the counting. */
async function ticking(agent: Agent, say: Say, stop: AbortSignal): Promise<void> {
  let trouble = '';
  while (!stop.aborted) {
    await sleep(agent.settings.saveMs, undefined, { signal: stop }).catch(() => {});
    try {
      await agent.tick();
      trouble = '';
    } catch (error) {
      const { message } = error as Error;
      if (message !== trouble) say(`what was counted cannot be written, and is tried again: ${message}`);
      trouble = message;
    }
  }
}
