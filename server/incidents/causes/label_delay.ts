import { evidenceFor, type Hypothesis } from './cause.ts';

/** What turned out to be true becomes known later than usual. */
export const label_delay: Hypothesis = {
  kind: 'label_delay',
  title: 'Label delay',
  about:
    'Labels of predictions that should have them by now have not come. Quality is not known meanwhile; nothing says that it fell.',
  advice:
    'Ask for the job that brings the labels. What is shown as quality until then is of older predictions.',
  trust: 0.95,
  explain: ({ facts }) => {
    const late = evidenceFor('label_delay', facts);
    if (late.length === 0) return [];
    const { value, baseline, n } = late[0]!.peak;
    return [
      {
        columns: [],
        fit: 1,
        explains: late.map(({ alert }) => alert),
        sentence: 'labels that should have come by now have not: quality is not known',
        evidence: [
          { name: late[0]!.metric, value },
          { name: 'before', value: baseline },
          { name: 'n', value: n },
        ],
      },
    ];
  },
};
