import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { verdictQuery, versionListQuery } from '../../api/queries.ts';
import type { VersionList } from '../../api/types.ts';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { ModelStack } from '../frame/ModelStack.tsx';
import { QuestionPage, type Told } from '../frame/QuestionPage.tsx';
import { VersionSection } from '../model/versions/VersionSection.tsx';
import { ChooseVersions, type Chosen } from './ChooseVersions.tsx';
import { PromoteByHand } from './PromoteByHand.tsx';
import { Unanswered } from './Unanswered.tsx';
import { VerdictSection } from './VerdictSection.tsx';
import { VersionTable } from './VersionTable.tsx';

const page = getRouteApi('/shell/models/$model/versions');

/** Is the new version better: the verdict of two of them, what they differ by, and all that answered in the range. */
export function VersionsPage() {
  return (
    <QuestionPage name="versions" what="The versions" ask={versionListQuery} nothing={unanswered}>
      {(told) => <Versions {...told} />}
    </QuestionPage>
  );
}

function unanswered({ found, dates }: Told<VersionList>) {
  if (found.items.length > 0) return null;
  return (
    <Empty title={`No predictions ${dates}.`}>
      Choose a longer time range.
      <Unanswered versions={found.unanswered} />
    </Empty>
  );
}

function Versions({ found: list, model, time }: Told<VersionList>) {
  const asked: Chosen = page.useSearch();
  const navigate = useNavigate();
  const verdict = useQuery(verdictQuery(model.id, asked));
  const choose = (chosen: Chosen) =>
    void navigate({
      to: '.',
      search: (before: Record<string, unknown>) => ({ ...before, ...chosen }),
      replace: true,
      resetScroll: false,
    } as never);
  return (
    <>
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
                {found.version !== null && <PromoteByHand model={model} version={found.version} />}
                {found.version !== null && found.baseline !== null && (
                  <ModelStack model={model.id} time={time}>
                    <VersionSection
                      model={model}
                      range={time.range}
                      version={found.version}
                      baseline={found.baseline}
                    />
                  </ModelStack>
                )}
              </>
            )}
          </Loaded>
        </>
      )}
    </>
  );
}
