import type { Superior, UnitRecord } from '../registry/answers';
import { ChineseText, UnitLink } from '../shell/unit-name';
import { writeSpan } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import { hierarchyTerm, kindTerm, schemeTerm, statusTerm } from '../words/terms';
import { HistoryTable } from './history';
import { Papers } from './papers';
import { CurrentTerm, Posts } from './posts';

function Facts({ record }: { record: UnitRecord }) {
  const words = useWords();
  const language = useLanguage();
  const members = record.memberCount ?? 0;
  const facts: [term: string, value: string | null, chinese: boolean][] = [
    [words.unit.shortName, record.shortName, true],
    [words.unit.kind, kindTerm(record.kind, language), false],
    [words.unit.status, statusTerm(record.status, language), false],
    [words.unit.code, record.code, false],
    [words.unit.members, members > 0 ? words.unit.memberCount(members) : null, false],
    [words.unit.validity, writeSpan(record.validFrom, record.validTo, words), false],
    ...record.identifiers.map(({ scheme, value }): [string, string, boolean] => [
      schemeTerm(scheme, language),
      value,
      false,
    ]),
  ];
  return (
    <dl class="facts">
      {facts.map(
        ([term, value, chinese]) =>
          value !== null && (
            <div key={term}>
              <dt>{term}</dt>
              <dd {...(chinese ? { lang: 'zh-CN' } : {})}>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Superiors({ superiors }: { superiors: Superior[] }) {
  const words = useWords();
  const language = useLanguage();
  if (superiors.length === 0) return <p class="aside">{words.unit.noSuperiors}</p>;
  return (
    <ul class="plain">
      {superiors.map(({ hierarchy, superior, validFrom, validTo }) => (
        <li key={`${hierarchy} ${superior.id} ${validFrom}`}>
          <span class="tag">{hierarchyTerm(hierarchy, language)}</span> <UnitLink unit={superior} />{' '}
          <span class="aside">{writeSpan(validFrom, validTo, words)}</span>
        </li>
      ))}
    </ul>
  );
}

function Functions({ record }: { record: UnitRecord }) {
  const words = useWords().unit;
  if (record.functions.length === 0) return <p class="aside">{words.noFunctions}</p>;
  return (
    <ul class="plain">
      {record.functions.map(({ id, name, emphasized }) => (
        <li key={id}>
          <ChineseText>{name}</ChineseText>
          {emphasized && <span class="tag strong">{words.emphasized}</span>}
        </li>
      ))}
    </ul>
  );
}

function Designations({ record }: { record: UnitRecord }) {
  const words = useWords();
  if (record.designations.length === 0) return null;
  return (
    <>
      <h3>{words.unit.designations}</h3>
      <ul class="plain">
        {record.designations.map(({ name, validFrom, validTo }) => (
          <li key={`${name} ${validFrom}`}>
            <ChineseText>{name}</ChineseText>{' '}
            <span class="aside">{writeSpan(validFrom, validTo, words)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

export function UnitRecordView({ record }: { record: UnitRecord }) {
  const words = useWords().unit;
  return (
    <article>
      <h2 lang="zh-CN">{record.name}</h2>
      <Facts record={record} />
      <h3>{words.functions}</h3>
      <Functions record={record} />
      <h3>{words.superiors}</h3>
      <Superiors superiors={record.superiors} />
      <Designations record={record} />
      <CurrentTerm terms={record.terms} />
      <Posts posts={record.posts} />
      <Papers record={record} />
      <h3>{words.history}</h3>
      <HistoryTable history={record.history} />
    </article>
  );
}
