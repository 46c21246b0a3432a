import { NumberInput, Select, TextInput } from '@mantine/core';
import type { ChannelKind } from '../../../api/types.ts';

export type Options = Readonly<Record<string, string | number>>;

interface Field {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly default?: string | number;
  readonly description?: string;
  readonly format?: string;
}

interface Props {
  readonly kind: Pick<ChannelKind, 'options' | 'secrets'>;
  readonly options: Options;
  readonly change: (options: Options) => void;
}

/** The fields that a kind of channel or action takes, as its schema says. */
export function OptionFields({ kind, options, change }: Props) {
  const fields = Object.entries((kind.options.properties ?? {}) as Record<string, Field>);
  return fields.map(([name, field]) => {
    const label = field.description ?? name;
    const value = options[name] ?? field.default ?? '';
    const set = (to: string | number | null) => change({ ...options, [name]: to ?? '' });
    const shown = { label, w: field.format === 'uri' ? 320 : 220 };
    if (field.enum !== undefined)
      return (
        <Select
          key={name}
          {...shown}
          data={[...field.enum]}
          value={String(value)}
          onChange={set}
          allowDeselect={false}
          w={120}
        />
      );
    if (field.type === 'integer')
      return <NumberInput key={name} {...shown} value={value} onChange={set} hideControls w={80} />;
    // An address that is a secret is read by eye as it is pasted; it is not shown again.
    const hidden = kind.secrets.includes(name) && field.format !== 'uri';
    return (
      <TextInput
        key={name}
        {...shown}
        type={hidden ? 'password' : 'text'}
        {...(hidden ? { autoComplete: 'new-password' } : {})}
        {...(field.format === 'uri' ? { placeholder: 'https://…' } : {})}
        value={String(value)}
        onChange={(event) => set(event.currentTarget.value)}
      />
    );
  });
}

/** What was filled in; a field that was left empty is not sent. */
export function filledIn(options: Options): Options {
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) => {
      const text = typeof value === 'string' ? value.trim() : value;
      return text === '' ? [] : [[name, text]];
    }),
  );
}
