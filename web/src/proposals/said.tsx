/** What a command or an event says, field by field, in words as far as there are any. */
import type { UnitName } from '../registry/answers';
import type { Said } from '../registry/proposals';
import { UnitLink } from '../shell/unit-name';
import { columnTerm } from '../words/columns';
import { type Language, useLanguage, useWords } from '../words/language';
import { hierarchyTerm, kindTerm, modeTerm, statusTerm, titleTerm } from '../words/terms';

/** What belongs to the sending of a command, or stands elsewhere on the page. */
const APART = new Set([
  'command_id',
  'precision',
  'expected_version',
  'preview',
  'cause',
  'illustrative',
]);

const TERMS: Readonly<Record<string, (value: string, language: Language) => string>> = {
  kind: kindTerm,
  status: statusTerm,
  hierarchy: hierarchyTerm,
  mode: modeTerm,
  title: titleTerm,
};

/** Fields that are absent, or say what is so anyway. */
function isSaid([name, value]: [string, unknown], dated: boolean): boolean {
  if (name === 'effective_on') return dated;
  if (APART.has(name) || value === null || value === undefined) return false;
  if (name === 'assumed') return value === true;
  if (typeof value !== 'object') return true;
  const within = Object.entries(value);
  return Array.isArray(value) ? value.length > 0 : within.some((fact) => isSaid(fact, dated));
}

interface ValueProps {
  name: string;
  value: unknown;
  units: ReadonlyMap<string, UnitName>;
}

function Value({ name, value, units }: ValueProps) {
  const words = useWords().proposals;
  const language = useLanguage();
  if (typeof value === 'boolean') return <>{value ? words.yes : words.no}</>;
  if (typeof value === 'number') return <>{value}</>;
  if (Array.isArray(value)) {
    return (
      <ul class="plain">
        {value.map((each, index) => (
          <li key={index}>
            <Value name={name} value={each} units={units} />
          </li>
        ))}
      </ul>
    );
  }
  if (typeof value === 'object' && value !== null) {
    return <Facts said={value as Said} units={units} />;
  }
  const text = String(value);
  const unit = units.get(text);
  if (unit !== undefined) return <UnitLink unit={unit} />;
  if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text)) return <span class="id">{text}</span>;
  const term = TERMS[name]?.(text, language);
  return term === undefined || term === text ? <span lang="zh-CN">{text}</span> : <>{term}</>;
}

interface SaidProps {
  said: Said;
  /** Organizations whose names the page knows, by their ids. */
  units: ReadonlyMap<string, UnitName>;
  /** Whether the day stands here, because it stands nowhere else. */
  dated?: boolean;
}

export function Facts({ said, units, dated = false }: SaidProps) {
  const language = useLanguage();
  return (
    <dl class="facts said">
      {Object.entries(said)
        .filter((fact) => isSaid(fact, dated))
        .map(([name, value]) => (
          <div key={name}>
            <dt>{columnTerm(name, language)}</dt>
            <dd>
              <Value name={name} value={value} units={units} />
            </dd>
          </div>
        ))}
    </dl>
  );
}
