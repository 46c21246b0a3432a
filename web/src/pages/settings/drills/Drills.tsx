import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { drillsQuery } from '../../../api/queries.ts';
import type { Drill } from '../../../api/types.ts';
import { Choice } from '../../../ui/Choice.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import classes from '../settings.module.css';
import { DrillReport } from './DrillReport.tsx';

/** Drills that were kept: which faults would have been seen, when, and with the right cause. */
export function Drills() {
  const drills = useQuery(drillsQuery);
  return (
    <>
      <p className={classes.intro}>
        A drill plants known faults into replays of a table, or of a model's own stored history, through a
        server of its own, and compares what was planted with what was told. It touches no data of a model and
        sends no message.
      </p>
      <Loaded of={drills} what="The drills could not be read:" height={400}>
        {({ items }) => (items.length === 0 ? <None /> : <Kept drills={items} />)}
      </Loaded>
    </>
  );
}

function None() {
  return (
    <Empty title="No drill was kept yet.">
      Run one where Tiltmeter is installed: <code>tiltmeter drill --model credit-risk --keep</code>
    </Empty>
  );
}

function Kept({ drills }: { drills: readonly Drill[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const drill = drills.find(({ id }) => id === chosen) ?? drills[0]!;
  return (
    <>
      <Choice
        label="Drill"
        maw={560}
        allowDeselect={false}
        data={drills.map(({ id, about, at }) => ({
          value: id,
          label: `${about}, ${at.slice(0, 16).replace('T', ' ')} UTC`,
        }))}
        value={drill.id}
        onChange={setChosen}
      />
      <DrillReport key={drill.id} id={drill.id} />
    </>
  );
}
