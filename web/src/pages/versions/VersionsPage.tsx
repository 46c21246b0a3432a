import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { modelQuery, verdictQuery, versionListQuery } from '../../api/queries.ts';
import type { Model, VersionList } from '../../api/types.ts';
import { TimeStack } from '../../charts/TimeStack.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { TableSkeleton } from '../../ui/Skeletons.tsx';
import { ModelHeader } from '../ModelHeader.tsx';
import { VersionSection } from '../model/versions/VersionSection.tsx';
import { type PageTime, usePageTime } from '../useRange.ts';
import { ChooseVersions, type Chosen } from './ChooseVersions.tsx';
import { VerdictSection } from './VerdictSection.tsx';
import { VersionTable } from './VersionTable.tsx';
import classes from './versions-page.module.css';

const page = getRouteApi('/shell/models/$model/versions');

/** Is the new version better: the verdict of two of them, what they differ by, and all that answered in the range. */
export function VersionsPage() {
  const { model: id } = page.useParams();
  const model = useQuery(modelQuery(id));
  const time = usePageTime();
  return (
    <Loaded of={model} what={`The model ${id} could not be read:`} height={600}>
      {(found) => (time === null ? null : <VersionsOf model={found} time={time} />)}
    </Loaded>
  );
}

function VersionsOf({ model, time }: { model: Model; time: PageTime }) {
  const found = useQuery(versionListQuery(model.id, time.range));
  return (
    <>
      <ModelHeader model={model} time={time.search} child="versions" />
      <Loaded
        of={found}
        what="The versions could not be read:"
        height={400}
        skeleton={<TableSkeleton rows={6} height={36} />}
      >
        {(list) => <Told list={list} model={model} time={time} />}
      </Loaded>
    </>
  );
}

function Told({ list, model, time }: { list: VersionList; model: Model; time: PageTime }) {
  const asked: Chosen = page.useSearch();
  const navigate = useNavigate();
  const verdict = useQuery(verdictQuery(model.id, asked));
  if (list.items.length === 0)
    return <Empty title="No predictions in this range.">Choose a longer time range.</Empty>;
  const choose = (chosen: Chosen) =>
    void navigate({
      to: '.',
      search: (before: Record<string, unknown>) => ({ ...before, ...chosen }),
      replace: true,
      resetScroll: false,
    } as never);
  return (
    <div className={classes.page}>
      <VersionTable
        list={list}
        range={time.range}
        onChoose={(name) => choose({ version: name, baseline: undefined })}
      />
      {list.items.length < 2 && model.versions.length < 2 ? (
        <Empty title="Only one version has answered.">
          Send <code>version</code> with each prediction: the next one is held against this one here.
        </Empty>
      ) : (
        <>
          <ChooseVersions versions={model.versions} chosen={asked} onChange={choose} />
          <Loaded of={verdict} what="The verdict could not be made:" height={280}>
            {(found) => (
              <>
                <VerdictSection
                  verdict={found}
                  model={model}
                  onDecide={(metric) => choose({ ...asked, metric })}
                />
                {found.version !== null && found.baseline !== null && (
                  <TimeStack range={time.range} extent={time.extent} onRange={time.set}>
                    <VersionSection
                      model={model}
                      range={time.range}
                      version={found.version}
                      baseline={found.baseline}
                    />
                  </TimeStack>
                )}
              </>
            )}
          </Loaded>
        </>
      )}
    </div>
  );
}
