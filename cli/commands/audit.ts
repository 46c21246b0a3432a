import { Command, InvalidArgumentError } from 'commander';
import type { AuditVerification } from '../../contract/audit.ts';
import { example, type MakeCommand } from '../command.ts';
import { connect, connecting } from '../connection.ts';
import { print } from '../print.ts';

export const audit: MakeCommand = (terminal, exit) => {
  const command = new Command('audit').description('who changed what');
  const verify = connecting(new Command('verify'))
    .description('whether no entry was changed, removed or put in, nor cut off behind an end that was noted')
    .option(
      '--noted <seq:hash>',
      'an end of the audit log that was noted from the log of the server or /metrics',
      noted,
    )
    .option('--json', 'print JSON')
    .action(async ({ noted: end, json, ...connection }) => {
      const query = end === undefined ? '' : `?${new URLSearchParams(end)}`;
      const found = await connect(terminal, connection).call<AuditVerification>(
        'GET',
        `/audit/verify${query}`,
      );
      print(terminal, json, found, told);
      if (found.broken !== null) exit(1);
    });
  command.addCommand(
    example(
      verify,
      'tiltmeter audit verify',
      'tiltmeter audit verify --noted 4711:9f2c…  # seq and hash of a line "the audit log ends here"',
    ),
  );
  return command;
};

function noted(text: string): { seq: string; hash: string } {
  const [, seq, hash] = /^(\d+):(\w+)$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined) throw new InvalidArgumentError('Write it as 4711:9f2c…');
  return { seq, hash };
}

function told({ entries, hash, keyed_from, broken }: AuditVerification): string {
  if (broken !== null) return `Broken at entry ${broken.seq}: ${broken.reason}`;
  const keyed =
    keyed_from === null ? 'none is chained with the key' : `chained with the key from ${keyed_from} on`;
  return `Whole: ${entries} entries, ${keyed}; the last is ${entries}:${hash}`;
}
