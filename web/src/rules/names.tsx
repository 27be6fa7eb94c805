/** Whom a rule counted, did not count, or knows too little of (名单), read only when it is opened. */
import { useEffect, useState } from 'preact/hooks';
import { useAnswer } from '../registry/answer';
import type { JudgedLists, Listed, RuleResult, UnitName } from '../registry/answers';
import { readJudged } from '../registry/operations';
import { usePlace } from '../shell/place';
import { Refused } from '../shell/refused';
import { UnitLink } from '../shell/unit-name';
import { useWords } from '../words/language';

export interface Session {
  signedIn: boolean;
  openSignIn: () => void;
}

const PAGE_LENGTH = 100;

const WAYS = [
  ['COUNTED', 'counted'],
  ['NOT_COUNTED', 'notCounted'],
  ['UNKNOWN', 'unknown'],
] as const;
type Way = (typeof WAYS)[number][0];

/** What a population is made of: the lists to ask for. Members are people and organizations. */
const LISTS: Readonly<Record<string, readonly (keyof JudgedLists)[]>> = {
  HOLDERS: ['people'],
  MEMBERS: ['people', 'organizations'],
  SUPERVISED: ['organizations'],
  PARTS: ['organizations'],
  GUIDED: ['organizations'],
  SELF: ['organizations'],
  MEASURES: ['measures'],
};

/** Reported figures are of no one: there is nobody to list. */
export const hasNames = ({ rule }: RuleResult) => LISTS[rule.population] !== undefined;

interface ListProps {
  result: RuleResult;
  subject: UnitName;
  way: Way;
  list: keyof JudgedLists;
  openSignIn: () => void;
}

function Item({ list, item }: { list: keyof JudgedLists; item: Listed }) {
  const words = useWords().rules;
  const { id, name, title } = item;
  if (list === 'organizations') return <UnitLink unit={{ id, name: name ?? id }} />;
  return <span lang="zh-CN">{title ?? name ?? words.nameless}</span>;
}

function NameList({ result, subject, way, list, openSignIn }: ListProps) {
  const words = useWords();
  const { asOf, knownAt } = usePlace().place;
  const [after, setAfter] = useState<string | null>(null);
  const [items, setItems] = useState<Listed[]>([]);
  const question = {
    rule: result.rule.code,
    subject: subject.id,
    outcome: way,
    first: PAGE_LENGTH,
    after,
    people: list === 'people',
    organizations: list === 'organizations',
    measures: list === 'measures',
    asOf,
    knownAt,
  };
  const { data, refusal, loading, retry } = useAnswer(JSON.stringify(question), (signal) =>
    readJudged(question, signal),
  );
  const page = data?.[list];
  useEffect(() => {
    if (page) setItems((earlier) => [...earlier, ...page.nodes]);
  }, [page]);
  if (refusal !== null) return <Refused {...{ refusal, retry, openSignIn }} />;
  if (data !== null && !page) return <p class="aside">{words.rules.withheld}</p>;
  return (
    <>
      <ul class="plain judged">
        {items.map((item) => (
          <li key={item.id}>
            <Item list={list} item={item} />
          </li>
        ))}
      </ul>
      {loading && <p class="aside">{words.loading}</p>}
      {!loading && page?.pageInfo.hasNextPage === true && (
        <button type="button" onClick={() => setAfter(page.pageInfo.endCursor)}>
          {words.rules.more}
        </button>
      )}
    </>
  );
}

interface NamesProps extends Session {
  result: RuleResult;
  subject: UnitName;
}

function OpenNames({ result, subject, signedIn, openSignIn }: NamesProps) {
  const words = useWords();
  const [way, setWay] = useState<Way>('COUNTED');
  const wanted = LISTS[result.rule.population] ?? [];
  const lists = wanted.filter((list) => signedIn || list !== 'people');
  return (
    <>
      <div class="ways" role="group" aria-label={words.rules.namesOf(subject.name)}>
        {WAYS.map(([each, key]) => (
          <button
            key={each}
            type="button"
            aria-pressed={way === each}
            disabled={result[key] === 0}
            onClick={() => setWay(each)}
          >
            {words.rules[key](result[key])}
          </button>
        ))}
      </div>
      {lists.map((list) => (
        <NameList key={`${list} ${way}`} {...{ result, subject, way, list, openSignIn }} />
      ))}
      {lists.length < wanted.length && (
        <p class="aside">
          {words.rules.namesNeeded}{' '}
          <button type="button" onClick={openSignIn}>
            {words.signIn.open}
          </button>
        </p>
      )}
    </>
  );
}

export function Names(props: NamesProps) {
  const words = useWords().rules;
  const { asOf, knownAt } = usePlace().place;
  const [open, setOpen] = useState(false);
  return (
    <details class="names" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.names}</summary>
      {/* Another day has other names: what was read for this one is given up. */}
      {open && <OpenNames key={`${asOf} ${knownAt}`} {...props} />}
    </details>
  );
}
