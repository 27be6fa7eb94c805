/** How exact shares are written. Hundredths of a percent are cut off: 74.999 % never reads as 75 %. */
import type { Words } from './chinese';

const FRACTION = /^(\d{1,15})(?:\/([1-9]\d{0,14}))?$/;

/** `70.9%` for `156/220`, `100%` for `1`; null for a text that is no fraction. */
export function percentOf(share: string): string | null {
  const parts = FRACTION.exec(share);
  if (parts === null) return null;
  const [, numerator = '0', denominator = '1'] = parts;
  const hundredths = (BigInt(numerator) * 10_000n) / BigInt(denominator);
  const digits = `${hundredths % 100n}`.padStart(2, '0').replace(/0+$/, '');
  return `${hundredths / 100n}${digits === '' ? '' : `.${digits}`}%`;
}

/** The exact share with its percentage beside it: `156/220（70.9%）`. */
export function writeShare(share: string, words: Words): string {
  const percent = percentOf(share);
  return percent === null ? share : words.rules.withPercent(share, percent);
}
