export interface Family {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly samples: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[];
}

export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Prometheus' text format, version 0.0.4. Labels with empty text are left out, as Prometheus treats them as absent.
 * Example: a gauge `up` with `{store: 'lake'}` and 1 → `up{store="lake"} 1`
 */
export function exposition(families: readonly Family[]): string {
  return families.map(family).join('');
}

function family({ name, type, help, samples }: Family): string {
  const lines = samples.map(({ labels, value }) => `${name}${labelSet(labels)} ${number(value)}\n`);
  return `# HELP ${name} ${help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n')}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function labelSet(labels: Readonly<Record<string, string>> = {}): string {
  const pairs = Object.entries(labels)
    .filter(([, value]) => value !== '')
    .map(
      ([label, value]) =>
        `${label}="${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`,
    );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function number(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}
