import classes from './ui.module.css';

const WORD = { P1: 'look now', P2: 'look soon', P3: 'when there is time' } as const;

/** P1 is filled, P2 outlined, P3 plain: told apart without colour. */
export function Priority({ level, count }: { level: 'P1' | 'P2' | 'P3'; count?: number }) {
  return (
    <span
      className={classes.priority}
      data-level={level}
      title={`${count === undefined ? '' : `${count} × `}${level}: ${WORD[level]}`}
    >
      {count !== undefined && <>{count}&thinsp;×&thinsp;</>}
      {level}
    </span>
  );
}
