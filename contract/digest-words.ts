import type { DigestContent } from './digest.ts';
import { epochMs } from './time.ts';
import { wallAt } from './zone.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number) => String(n).padStart(2, '0');

/** What clocks of a zone show: `Fri 27 Nov 08:00` */
export function digestMoment(ms: number, zone: string): string {
  const { weekday, day, month, minute } = wallAt(ms, zone);
  return `${DAYS[weekday]} ${day} ${MONTHS[month - 1]} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Which time a digest is about: `Thu 26 Nov 08:00 to Fri 27 Nov 08:00, Europe/Berlin`, and that it is late where it is. */
export function digestRange({ from, to, zone, composed_at, late_since }: DigestContent): string {
  const at = (time: string) => digestMoment(epochMs(time), zone);
  const late = late_since === null ? '' : `; due ${at(late_since)}, sent late, as known ${at(composed_at)}`;
  return `${at(from)} to ${at(to)}, ${zone}${late}`;
}

/** The beginning of a line, which is what a link to its page stands on, and the rest: `age moved`, `, small: JS distance 0.06 …` */
export function leadOf(text: string): readonly [lead: string, rest: string] {
  const at = text.search(/\s\(|[:;,.](?=\s|$)/);
  return at <= 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}

/** A digest as plain text, a line each; lines of a section begin with `- `. */
export function digestLines(digest: DigestContent): string[] {
  return [
    digest.headline,
    digestRange(digest),
    ...digest.sections.flatMap(({ title, lines }) => ['', title, ...lines.map(({ text }) => `- ${text}`)]),
  ];
}

/**
 * The sections as far as they fit into so many characters, none cut within a line, and how many lines were left out. Pure. `spent`: characters that the
 * form adds to each line.
 */
export function fitting(
  sections: DigestContent['sections'],
  length: number,
  spent = 4,
): { sections: DigestContent['sections']; left: number } {
  let room = length;
  let left = 0;
  const fits = (text: string) => {
    room -= text.length + spent;
    return room >= 0;
  };
  const kept = sections.flatMap((section) => {
    if (!fits(section.title)) {
      left += section.lines.length;
      return [];
    }
    const lines = section.lines.filter(({ text }) => fits(text));
    left += section.lines.length - lines.length;
    return lines.length === 0 ? [] : [{ ...section, lines }];
  });
  return { sections: kept, left };
}
