/** The posts of a unit with their holders and vacancies (职务), and the term it sits for (届). */
import type { Holder, Post, Term } from '../registry/answers';
import { ChineseText } from '../shell/unit-name';
import { writeSpan } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import { modeTerm, titleTerm } from '../words/terms';

/** More holders than this are folded: a congress has hundreds of delegates. */
const SHOWN_AT_MOST = 12;

function HolderNames({ holders }: { holders: Holder[] }) {
  const words = useWords().unit;
  const language = useLanguage();
  return (
    <ul class="plain holders">
      {holders.map(({ id, holderName, mode }) => (
        <li key={id}>
          <ChineseText>{holderName ?? words.nameless}</ChineseText>
          {/* Most serve part-time: only what is otherwise is worth a word. */}
          {mode !== 'PART_TIME' && <span class="aside"> {modeTerm(mode, language)}</span>}
        </li>
      ))}
    </ul>
  );
}

function Seats({ post: { seats, vacancies } }: { post: Post }) {
  const words = useWords().unit;
  if (seats === null || vacancies === null) return null;
  if (vacancies === 0) return <span class="aside">{words.filled(seats)}</span>;
  return <span class="tag strong">{words.vacancies(vacancies, seats)}</span>;
}

function PostEntry({ post }: { post: Post }) {
  const words = useWords().unit;
  const language = useLanguage();
  const { title, name, holders } = post;
  return (
    <li class="post">
      <p>
        <strong {...(name === null ? {} : { lang: 'zh-CN' })}>
          {name ?? titleTerm(title, language)}
        </strong>{' '}
        <Seats post={post} />
      </p>
      {holders.length === 0 && <p class="aside">{words.vacant}</p>}
      {holders.length > SHOWN_AT_MOST ? (
        <details>
          <summary>{words.holders(holders.length)}</summary>
          <HolderNames holders={holders} />
        </details>
      ) : (
        <HolderNames holders={holders} />
      )}
    </li>
  );
}

export function Posts({ posts }: { posts: Post[] }) {
  const words = useWords().unit;
  if (posts.length === 0) return null;
  return (
    <>
      <h3>{words.posts}</h3>
      <ul class="plain posts">
        {posts.map((post) => (
          <PostEntry key={post.id} post={post} />
        ))}
      </ul>
    </>
  );
}

export function CurrentTerm({ terms }: { terms: Term[] }) {
  const words = useWords();
  const term = terms.find(({ ended }) => !ended);
  if (term === undefined) return null;
  return (
    <>
      <h3>{words.unit.term}</h3>
      <p class="term">
        {words.unit.termOf(term.number)}{' '}
        <span class="aside">
          {writeSpan(term.openedOn, null, words)}
          {term.plannedEnd !== null && ` · ${words.unit.plannedEnd(term.plannedEnd)}`}
        </span>
        {term.overdue && (
          <span class="tag strong">
            <span aria-hidden="true">!</span> {words.unit.overdue}
          </span>
        )}
      </p>
    </>
  );
}
