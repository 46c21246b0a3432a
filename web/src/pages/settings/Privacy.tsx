import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PrivacyRules as Schema } from '../../../../contract/privacy.ts';
import { address } from '../../api/address.ts';
import { api } from '../../api/client.ts';
import { privacyQuery } from '../../api/queries.ts';
import type { ServerPrivacy } from '../../api/types.ts';
import { Failure } from '../../ui/Failure.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { useMay } from '../useMay.ts';
import { PrivacyRules } from './PrivacyRules.tsx';
import classes from './settings.module.css';
import { useChange } from './useChange.ts';

/** What becomes of values of all models before anything of them is stored. */
export function Privacy() {
  const privacy = useQuery(privacyQuery);
  return (
    <>
      <p className={classes.intro}>
        Columns and tags that are left out, hashed or made coarse before anything of them is stored, in all
        models, also in those that do not exist yet. A star stands for any characters. What is stored already
        stays as it is. Each model can have further rules in its own settings; erasing what is stored of a
        person is there too.
      </p>
      <Loaded of={privacy} what="The rules could not be read:" height={200}>
        {(set) => <Edited key={JSON.stringify(set.rules)} set={set} />}
      </Loaded>
    </>
  );
}

function Edited({ set }: { set: ServerPrivacy }) {
  const may = useMay();
  const [rules, setRules] = useState(set.rules);
  const path = address('/privacy');
  const save = useChange(() => api.put<ServerPrivacy>(path, { rules }), '/api/v1');
  const same = JSON.stringify(rules) === JSON.stringify(set.rules);
  return (
    <>
      <PrivacyRules label="Rules of all models" rules={rules} disabled={!may.admin} change={setRules} />
      {save.isError && <Failure what="Nothing was saved:" error={save.error} />}
      {may.admin ? (
        <div className={classes.state}>
          <Button
            disabled={same || save.isPending || !Schema.safeParse(rules).success}
            onClick={() => save.mutate(undefined)}
          >
            Save
          </Button>
          {same && rules.length > 0 && (
            <span>
              <StateMark state="ok" label="Saved" word={false} /> In force for what is sent from now on
            </span>
          )}
        </div>
      ) : (
        <p className={classes.intro}>Only admins change these rules.</p>
      )}
    </>
  );
}
