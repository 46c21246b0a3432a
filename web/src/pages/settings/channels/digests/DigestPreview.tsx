import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { digestRange, leadOf } from '../../../../../../contract/digest-words.ts';
import { digestPreviewQuery } from '../../../../api/previews.ts';
import type { DigestContent, DigestQuestion } from '../../../../api/types.ts';
import { Loaded } from '../../../../ui/Loaded.tsx';
import own from './digests.module.css';

/** What a digest would say now, as the channel would get it. */
export function DigestPreview({ question }: { question: DigestQuestion }) {
  const preview = useQuery(digestPreviewQuery(question));
  return (
    <Loaded of={preview} what="There is no preview:" height={160}>
      {(content) => <Content of={content} />}
    </Loaded>
  );
}

function Content({ of }: { of: DigestContent }) {
  return (
    <article className={own.preview} aria-label="What it would say now">
      <p className={own.headline}>{of.headline}</p>
      <p className={own.note}>{digestRange(of)}; as it would be sent now</p>
      {of.sections.map(({ title, path, lines }) => (
        <section key={title}>
          <h3>{path === null ? title : <Link to={path}>{title}</Link>}</h3>
          <ul>
            {lines.map((line) => (
              <li key={line.text}>
                <Line of={line} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </article>
  );
}

function Line({ of: { text, path } }: { of: DigestContent['sections'][number]['lines'][number] }) {
  if (path === null) return text;
  const [lead, rest] = leadOf(text);
  return (
    <>
      <Link to={path}>{lead}</Link>
      {rest}
    </>
  );
}
