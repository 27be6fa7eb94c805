/** Names are Chinese whatever the language of the page, and are marked so. */
import type { CivilDate, UnitName as Named } from '../registry/answers';
import { useWords } from '../words/language';
import { Link } from './link';

export function ChineseText({ children }: { children: string }) {
  return <span lang="zh-CN">{children}</span>;
}

interface UnitLinkProps {
  unit: Named | null;
  /** The day on which the record is opened; without it, the day being shown. */
  asOf?: CivilDate;
}

/** A unit's name that opens its record; a missing unit is said to be missing. */
export function UnitLink({ unit, asOf }: UnitLinkProps) {
  const words = useWords();
  if (unit === null) return <span class="aside">{words.changes.nobody}</span>;
  const change = { view: 'chart', unit: unit.id, ...(asOf === undefined ? {} : { asOf }) } as const;
  return (
    <Link change={change} lang="zh-CN">
      {unit.name}
    </Link>
  );
}
