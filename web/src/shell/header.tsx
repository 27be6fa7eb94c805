import type { SignedIn } from '../registry/session';
import { useLanguage, useWords } from '../words/language';
import { Link } from './link';
import { SearchBox } from './search-box';
import { DESK_VIEWS, type Place, usePlace, type View, VIEWS } from './place';

interface HeaderProps {
  signedIn: boolean;
  /** Who signed in with the provider; a token does not say whose it is. */
  who: SignedIn | null;
  openSignIn: () => void;
  leave: () => void;
  switchLanguage: () => void;
}

function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M16 12v4M8.5 20.5V16h15v4.5" />
      <circle cx="16" cy="9" r="3.4" />
      <circle cx="8.5" cy="23" r="3" />
      <circle cx="23.5" cy="23" r="3" />
    </svg>
  );
}

/** A comparison that is opened from a chart ends on the day of that chart. */
function changeTo(view: View, place: Place): Partial<Place> {
  return view === 'changes' ? { view, to: place.to ?? place.asOf } : { view };
}

export function Header({ signedIn, who, openSignIn, leave, switchLanguage }: HeaderProps) {
  const words = useWords();
  const { place } = usePlace();
  const views = VIEWS.filter((view) => signedIn || !DESK_VIEWS.has(view) || place.view === view);
  const otherLanguage = useLanguage() === 'en' ? 'zh-CN' : 'en';
  return (
    <header class="top">
      <p class="product">
        <Mark />
        {words.product}
      </p>
      <nav class="views" aria-label={words.product}>
        {views.map((view) => (
          <Link key={view} change={changeTo(view, place)} current={place.view === view}>
            {words.views[view]}
          </Link>
        ))}
      </nav>
      <SearchBox />
      <div class="session">
        <a class="quiet console-link" href="/graphiql">
          {words.console}
        </a>
        <button type="button" class="quiet" lang={otherLanguage} onClick={switchLanguage}>
          {words.otherLanguage}
        </button>
        {who !== null && (
          <span class="who" title={who.name}>
            {who.shown ?? who.name}
          </span>
        )}
        <button type="button" class="quiet" onClick={signedIn ? leave : openSignIn}>
          {signedIn ? words.signIn.leave : words.signIn.open}
        </button>
      </div>
    </header>
  );
}
