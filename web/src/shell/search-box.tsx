/** The search of the register (搜索) at the day and belief being shown; a hit opens in the chart. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useAnswer } from '../registry/answer';
import type { SearchHit, UnitSummary } from '../registry/answers';
import { readHits } from '../registry/operations';
import { useLanguage, useWords } from '../words/language';
import { kindTerm } from '../words/terms';
import { type Place, usePlace } from './place';
import { Problem } from './problem';
import { useRested } from './rested';

const REST_MILLISECONDS = 200;
const HITS = 10;
const LONGEST_TEXT = 100;

/** Kinds that hang below an association by guidance or supervision, so in the whole system alone. */
const OUTER_KINDS = new Set(['SOCIETY', 'RURAL_ASSOCIATION', 'NEW_GROUP', 'BRANCH', 'ALLIANCE']);

function placeOfHit({ id, kind }: UnitSummary): Partial<Place> {
  const opened = { view: 'chart', unit: id } as const;
  return OUTER_KINDS.has(kind) ? { ...opened, scope: 'system' } : opened;
}

interface Hits {
  hits: SearchHit[];
  /** Whether the hits answer what now stands in the box. */
  fresh: boolean;
  problem: ReturnType<typeof useAnswer>;
}

/** Asks once typing rests; earlier hits stay meanwhile, so that nothing flickers. */
function useHits(typed: string): Hits {
  const { asOf, knownAt } = usePlace().place;
  const wanted = typed.trim();
  const text = useRested(wanted, REST_MILLISECONDS);
  const question = { text, first: HITS, asOf, knownAt };
  const answer = useAnswer(text === '' ? null : JSON.stringify(question), (signal) =>
    readHits(question, signal),
  );
  const fresh = wanted !== '' && wanted === text && !answer.loading;
  const kept = useRef<SearchHit[]>([]);
  if (wanted === '') kept.current = [];
  else if (fresh) kept.current = answer.data ?? [];
  return { hits: kept.current, fresh, problem: answer };
}

interface OptionProps {
  id: string;
  hit: SearchHit;
  active: boolean;
  onChoose: () => void;
}

function Option({ id, hit: { name, node }, active, onChoose }: OptionProps) {
  const language = useLanguage();
  return (
    <li id={id} role="option" aria-selected={active} onClick={onChoose}>
      <span class="hit" lang="zh-CN">
        {node.name}
      </span>
      {name !== node.name && (
        <span class="alias" lang="zh-CN">
          {name}
        </span>
      )}
      <span class="kind">{kindTerm(node.kind, language)}</span>
    </li>
  );
}

/** What an arrow key makes of the place in a list of `count`; it goes round at the ends. */
function moved(key: string, active: number, count: number): number {
  return (active + (key === 'ArrowDown' ? 1 : count - 1)) % count;
}

export function SearchBox() {
  const words = useWords().search;
  const { go } = usePlace();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [composing, setComposing] = useState('');
  const [open, setOpen] = useState(false);
  const [wantedActive, setActive] = useState(0);
  const [awaited, setAwaited] = useState(false);
  const { hits, fresh, problem } = useHits(typed);
  const shown = open && typed.trim() !== '';
  const listed = shown && hits.length > 0;
  const active = Math.min(wantedActive, Math.max(hits.length - 1, 0));

  const settle = (text: string) => {
    setComposing('');
    setTyped(text);
    setActive(0);
    setAwaited(false);
    setOpen(text !== '');
  };
  const choose = (hit: SearchHit | undefined) => {
    if (hit === undefined) return;
    go(placeOfHit(hit.node));
    settle('');
  };
  // Enter that came before its answer takes the best match once it is there.
  useEffect(() => {
    if (!awaited || !fresh) return;
    setAwaited(false);
    choose(hits[0]);
  }, [awaited, fresh]);

  const press = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      if (open) setOpen(false);
      else settle('');
    } else if (event.key === 'Enter') {
      if (!fresh) setAwaited(true);
      else if (shown) choose(hits[active]);
      else setOpen(true);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (listed) setActive(moved(event.key, active, hits.length));
      else setOpen(true);
    }
  };
  const leave = (event: FocusEvent) => {
    const within = (event.currentTarget as HTMLElement).contains(
      event.relatedTarget as Node | null,
    );
    if (!within) setOpen(false);
  };
  return (
    <search class="lookup" onFocusOut={leave}>
      <input
        type="text"
        name="search"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        maxLength={LONGEST_TEXT}
        aria-label={words.label}
        aria-autocomplete="list"
        aria-expanded={listed}
        aria-controls={`${id}-hits`}
        {...(listed ? { 'aria-activedescendant': `${id}-${active}` } : {})}
        placeholder={`${words.label} · ${words.hint}`}
        value={composing === '' ? typed : composing}
        onInput={(event) => {
          // What an input method still composes is not yet what is looked for.
          if (event.isComposing) setComposing(event.currentTarget.value);
          else settle(event.currentTarget.value);
        }}
        onCompositionEnd={(event) => settle(event.currentTarget.value)}
        onKeyDown={press}
        onFocus={() => setOpen(true)}
      />
      {/* A press in the list leaves the focus in the box, where the keys are heard. */}
      <div class="found" hidden={!shown} onMouseDown={(event) => event.preventDefault()}>
        <ul id={`${id}-hits`} role="listbox" aria-label={words.label} hidden={!listed}>
          {hits.map((hit, index) => (
            <Option
              key={hit.node.id}
              id={`${id}-${index}`}
              hit={hit}
              active={index === active}
              onChoose={() => choose(hit)}
            />
          ))}
        </ul>
        {problem.refusal !== null && <Problem refusal={problem.refusal} retry={problem.retry} />}
        {fresh && problem.refusal === null && hits.length === 0 && (
          <p class="aside">{words.none}</p>
        )}
      </div>
      <span class="unseen" role="status">
        {listed && fresh ? words.hits(hits.length) : ''}
      </span>
    </search>
  );
}
