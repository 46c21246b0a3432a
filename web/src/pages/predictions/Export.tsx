import { Button, Menu } from '@mantine/core';
import { predictionsExport } from '../../api/queries.ts';
import type { Range } from '../../time/range.ts';
import { Down } from '../../ui/icons.tsx';

const FORMATS = [
  { value: 'csv', label: 'CSV, for spreadsheets and pandas' },
  { value: 'ndjson', label: 'NDJSON, with probabilities and attributions' },
] as const;

interface Props {
  readonly model: string;
  readonly range: Range;
  readonly where: readonly string[] | undefined;
  /** There are more than one file holds. */
  readonly more: boolean;
}

/** What is filtered as a file; the browser saves it while the server reads. */
export function Export({ model, range, where, more }: Props) {
  return (
    <Menu position="bottom-end" shadow="sm">
      <Menu.Target>
        <Button variant="default" size="compact-sm" rightSection={<Down />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {more && <Menu.Label>The newest 100,000 of those that match</Menu.Label>}
        {FORMATS.map(({ value, label }) => (
          <Menu.Item
            key={value}
            component="a"
            href={predictionsExport(model, range, { where }, value)}
            download
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
