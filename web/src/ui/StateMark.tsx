import { STATE_COLOUR, STATE_WORD, type State } from './state.ts';

function Shape({ state }: { state: State }) {
  switch (state) {
    case 'ok':
      return <circle cx="6" cy="6" r="4" fill="currentColor" />;
    case 'warning':
      return <path d="M6 1.4 11 10.4H1Z" fill="currentColor" />;
    case 'failing':
      return <rect x="1.8" y="1.8" width="8.4" height="8.4" fill="currentColor" />;
    case 'no_data':
      return <circle cx="6" cy="6" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.3" />;
    case 'not_enough_data':
      return (
        <circle
          cx="6"
          cy="6"
          r="3.6"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.3"
          strokeDasharray="2 1.6"
        />
      );
  }
}

/** A state as colour, shape and word. Without the word on screen it is still read aloud and shown on hover. */
export function StateMark({ state, label, word = true }: { state: State; label?: string; word?: boolean }) {
  const text = label === undefined ? STATE_WORD[state] : `${label}: ${STATE_WORD[state]}`;
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 6, whiteSpace: 'nowrap' }} title={text}>
      <svg
        width="12"
        height="12"
        viewBox="0 0 12 12"
        role={word ? 'presentation' : 'img'}
        aria-label={word ? undefined : text}
        style={{ color: STATE_COLOUR[state], flex: 'none' }}
      >
        <Shape state={state} />
      </svg>
      {word && <span>{text}</span>}
    </span>
  );
}
