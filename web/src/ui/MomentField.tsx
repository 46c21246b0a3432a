import '@mantine/dates/styles.css';
import { DateInput, type DateInputProps } from '@mantine/dates';
import { readWall } from '../time/wall.ts';

/** Times as the page shows them, in the words of the calendar's library. */
const FORMAT = 'D MMM YYYY HH:mm';

type Props = Pick<DateInputProps, 'label' | 'aria-label' | 'value' | 'onChange' | 'error' | 'w'>;

/** A moment that is typed, in any notation that nobody can misread, or picked from a calendar. Values are clocks on the wall. */
export function MomentField(props: Props) {
  return (
    <DateInput
      valueFormat={FORMAT}
      withTime
      dateParser={readWall}
      // Beside the field, so that what stands below it stays within reach.
      popoverProps={{ withinPortal: false, position: 'left-start' }}
      {...props}
    />
  );
}
