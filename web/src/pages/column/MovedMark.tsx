const TITLE = 'Moved for certain, by less than the threshold: no alert, and no page.';

/** The third answer of a column between ok and drift: shape, colour and words. */
export function MovedMark() {
  return (
    <span
      style={{ display: 'inline-flex', alignItems: 'center', gap: 6, whiteSpace: 'nowrap' }}
      title={TITLE}
    >
      <svg width="12" height="12" viewBox="0 0 12 12" role="presentation" style={{ flex: 'none' }}>
        <path d="M6 2 10.4 10H1.6Z" fill="none" stroke="var(--accent)" strokeWidth="1.4" />
      </svg>
      <span>moved, small</span>
    </span>
  );
}
