/** How dates and moments are written. Nothing is computed: a half-open end is written as 前 (before). */
import type { CivilDate, Moment } from '../registry/answers';
import type { Words } from './chinese';

/** The registry's civil calendar; China has kept this one offset since 1991. */
const ZONE = 'Asia/Shanghai';
const OFFSET = '+08:00';

/** Swedish writes dates as ISO 8601 does. */
const IN_ZONE = new Intl.DateTimeFormat('sv-SE', {
  timeZone: ZONE,
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** `2018-06-01 09:30:00` in Beijing time; text that is no moment is returned as it came. */
export function writeMoment(moment: Moment): string {
  const parsed = new Date(moment);
  return Number.isNaN(parsed.getTime()) ? moment : IN_ZONE.format(parsed);
}

/** The value of a `datetime-local` field for a moment. */
export function fieldOfMoment(moment: Moment | null): string {
  return moment === null ? '' : writeMoment(moment).replace(' ', 'T');
}

/** The moment that a `datetime-local` field names, read as Beijing time. */
export function momentOfField(field: string): Moment | null {
  if (field === '') return null;
  return `${field.length === 16 ? `${field}:00` : field}${OFFSET}`;
}

/** A half-open range of days, open ends included. */
export function writeSpan(from: CivilDate | null, to: CivilDate | null, words: Words): string {
  if (from !== null && to !== null) return words.time.span(from, to);
  if (from !== null) return words.time.since(from);
  return to === null ? words.time.unknown : words.time.until(to);
}
