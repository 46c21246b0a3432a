import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ensureBuilt } from '../../web/ensure-built.ts';
import { CHROMIUM } from '../browser/chromium.ts';

/**
 * What `npm test` needs beside the packages: a Chromium, a PostgreSQL server, an Alertmanager, a Prometheus, a node exporter, an rsyslog and the built dashboard. Each is left
 * alone where it is; otherwise it is installed with apt-get when this user may, or named in one clear line.
 */
function installed(): { name: string; package: string; there: boolean }[] {
  return [
    {
      name: 'Chromium',
      package: 'chromium-headless-shell',
      there: process.env.CHROMIUM_PATH !== undefined || CHROMIUM.some((path) => existsSync(path)),
    },
    {
      name: 'PostgreSQL',
      package: 'postgresql-15',
      there: ['17', '16', '15', '14'].some((version) =>
        existsSync(`/usr/lib/postgresql/${version}/bin/postgres`),
      ),
    },
    {
      name: 'Prometheus Alertmanager',
      package: 'prometheus-alertmanager',
      there: existsSync('/usr/bin/prometheus-alertmanager'),
    },
    { name: 'Prometheus', package: 'prometheus', there: existsSync('/usr/bin/prometheus') },
    {
      name: 'Prometheus node exporter',
      package: 'prometheus-node-exporter',
      there: existsSync('/usr/bin/prometheus-node-exporter'),
    },
    {
      name: 'rsyslog with its output for Elasticsearch',
      package: 'rsyslog-elasticsearch',
      there:
        existsSync('/usr/lib/x86_64-linux-gnu/rsyslog/omelasticsearch.so') ||
        existsSync('/usr/lib/aarch64-linux-gnu/rsyslog/omelasticsearch.so'),
    },
  ];
}

function install(packages: readonly string[]): void {
  const apt = (...args: string[]) =>
    execFileSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  console.log(`Installing ${packages.join(' and ')} with apt-get …`);
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
}

const missing = installed().filter((part) => !part.there);
if (missing.length > 0) {
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  const names = missing.map((part) => part.package);
  if (mayInstall) install(names);
  else {
    console.error(`The tests need ${missing.map((part) => part.name).join(' and ')}.`);
    console.error(`  Install with: sudo apt-get update && sudo apt-get install -y ${names.join(' ')}`);
    process.exit(1);
  }
}
ensureBuilt();
