import { Select } from '@mantine/core';
import { versionName } from '../model/versions/words.ts';
import classes from './versions-page.module.css';

/** Which two; the one that came last and the one with most predictions where nothing is said. */
export interface Chosen {
  readonly version?: string | undefined;
  readonly baseline?: string | undefined;
  /** The measure that decides; the first of the model where nothing is said. */
  readonly metric?: string | undefined;
}

interface Props {
  readonly versions: readonly string[];
  readonly chosen: Chosen;
  readonly onChange: (chosen: Chosen) => void;
}

export function ChooseVersions({ versions, chosen, onChange }: Props) {
  const others = (name: string | undefined) =>
    versions.filter((one) => one !== name).map((value) => ({ value, label: versionName(value) }));
  return (
    <div className={classes.choose}>
      <Select
        aria-label="Version in question"
        placeholder="the version that came last"
        clearable
        w={220}
        data={others(chosen.baseline)}
        value={chosen.version ?? null}
        onChange={(version) => onChange({ ...chosen, version: version ?? undefined })}
      />
      <span>beside</span>
      <Select
        aria-label="Version it is held against"
        placeholder="the one with most predictions"
        clearable
        w={248}
        data={others(chosen.version)}
        value={chosen.baseline ?? null}
        onChange={(baseline) => onChange({ ...chosen, baseline: baseline ?? undefined })}
      />
    </div>
  );
}
