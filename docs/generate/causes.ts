import type { Hypothesis } from '../../server/incidents/causes/cause.ts';
import { HYPOTHESES } from '../../server/incidents/causes/index.ts';

const MADE = '<!-- Made by "npm run docs" from server/incidents/causes/ and docs/generate/causes.ts. -->';

/** What each hypothesis rests on, and what it cannot know. */
const EXPLANATIONS: Readonly<Record<string, string>> = {
  missing_values:
    'Rests on firing alerts of the kind [missing](../monitors/missing.md): the share of rows without this feature rose over its reference. The drift of the same column is then a consequence and no cause of its own. It does not know which step stopped filling the feature; what changed at the same time stands on the time axis.',
  type_change:
    'Rests on firing alerts of the kind [invalid](../monitors/invalid.md): values came that do not fit the type of the column. They were kept as they were sent and can be read in the records.',
  out_of_range:
    'Rests on firing alerts of the kind [range](../monitors/range.md): values came that are smaller or larger than any of the reference. It does not tell a changed unit from a world that moved on; the factor between the two distributions does.',
  new_category:
    'Rests on firing alerts of the kind [new_category](../monitors/new_category.md): values came that the reference does not list. It does not tell a renamed category from a new one; a category that vanished at the same moment does.',
  covariate_shift:
    'Rests on firing alerts of the kind [drift](../monitors/drift.md) in columns that are not broken otherwise: the inputs are other than those the model was trained on. It says nothing about harm; lost quality in the same incident does.',
  volume_change:
    'Rests on firing alerts of the kind [volume](../monitors/volume.md): far fewer or far more predictions than at the same hours before.',
};

function causePage({ kind, title, advice }: Hypothesis): string {
  return `# ${title}

${MADE}

Kind \`${kind}\`.

${EXPLANATIONS[kind]}

## What to do

${advice}
`;
}

function causeIndex(): string {
  return `# Causes

${MADE}

What an incident offers as explanations. Each is ranked by how far its column moved, weighed by how much the model relies on that column; its percentage (\`confidence\` in the
API) is its share of all the evidence that the incident shows, no probability that it is true. The numbers behind each sentence stand beside it.

${HYPOTHESES.map(({ kind, title }) => `- [${title}](${kind}.md)`).join('\n')}
`;
}

export const CAUSE_PAGES: readonly (readonly [string, string])[] = [
  ['docs/causes/README.md', causeIndex()],
  ...HYPOTHESES.map((hypothesis) => [`docs/causes/${hypothesis.kind}.md`, causePage(hypothesis)] as const),
];
