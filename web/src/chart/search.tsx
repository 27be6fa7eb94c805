/** Narrows the chart to a name, a code or a kind, and folds or unfolds all of it. */
import { useLanguage, useWords } from '../words/language';
import { kindTerm } from '../words/terms';
import { kindsOf, type Line, type Search } from './tree';

interface SearchProps {
  lines: readonly Line[];
  search: Search;
  setSearch: (search: Search) => void;
  setAll: (open: boolean) => void;
}

export function ChartSearch({ lines, search, setSearch, setAll }: SearchProps) {
  const words = useWords().chart;
  const language = useLanguage();
  return (
    <div class="search" role="search">
      <input
        type="search"
        name="find"
        aria-label={words.find}
        placeholder={words.find}
        value={search.text}
        onInput={(event) => setSearch({ ...search, text: event.currentTarget.value })}
      />
      <select
        aria-label={words.kind}
        value={search.kind ?? ''}
        onChange={(event) => setSearch({ ...search, kind: event.currentTarget.value || null })}
      >
        <option value="">{words.counted(words.allKinds, lines.length)}</option>
        {kindsOf(lines).map(([kind, count]) => (
          <option key={kind} value={kind}>
            {words.counted(kindTerm(kind, language), count)}
          </option>
        ))}
      </select>
      <span class="folds">
        <button type="button" onClick={() => setAll(true)}>
          {words.expand}
        </button>
        <button type="button" onClick={() => setAll(false)}>
          {words.fold}
        </button>
      </span>
    </div>
  );
}
